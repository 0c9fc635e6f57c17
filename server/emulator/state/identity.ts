import { createHash, randomBytes, randomInt } from 'node:crypto';

import { asConsumerId, asUserId } from '#protocol/identifiers';
import type { AccountId, ConsumerId, UserId } from '#protocol/identifiers';

/** Names our own ids; any fixed UUID would do. */
const NAMESPACE = '9a1c4f60-6d0b-4f5e-8f0e-3b1f5d2c7a11';
const LOWER_CASE_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 26;

/**
 * The id under which a consumer appears everywhere; the same for the same external id of an account.
 * The cloud's own derivation is not published; this one has its form, 64 lower-case hex digits.
 *
 * @see PROTOCOL.md §5.2
 */
export function consumerIdOf(account: AccountId, externalId: string): ConsumerId {
  return asConsumerId(createHash('sha256').update(`${account}:${externalId}`).digest('hex'));
}

/** Version-5 UUID of `name`. Agents' new ids are made so. @see PROTOCOL.md §11.5 */
export function stableUuid(name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  const bytes = hash.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A "new" agent id: `userPid` of the login, `originatorId` of webhooks. @see PROTOCOL.md §2.1 */
export const agentPidOf = (account: AccountId, userId: UserId): string => stableUuid(`${account}.${userId}`);

/** Ten digits, the same for the same login name of an account. */
export function userIdOf(account: AccountId, loginName: string): UserId {
  const digest = createHash('sha256').update(`${account}/${loginName}`).digest();
  return asUserId(String(1_000_000_000 + (digest.readUInt32BE(0) % 3_000_000_000)));
}

/** A `client_secret`: 26 characters of `[a-z0-9]`. @see PROTOCOL.md §4.3 */
export function newAppSecret(): string {
  const pick = (): string => LOWER_CASE_AND_DIGITS.charAt(randomInt(LOWER_CASE_AND_DIGITS.length));
  return Array.from({ length: SECRET_LENGTH }, pick).join('');
}

/** `bytes` random bytes in lower-case hex. */
export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
