import * as v from 'valibot';
import type { JWK } from 'jose';

import type { Cloud } from '../cloud.ts';
import { settingsSchema } from '../cloud-settings-schema.ts';
import { defaultCloudSettings } from '../cloud-settings.ts';
import { keptFaultsSchema } from '../faults/kept-faults.ts';
import { jsonObject } from '../json-object.ts';
import { accountToKeep, keptAccountSchema } from '../state/kept-account.ts';
import { readSigningKey } from '../tokens/signing-key.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { keptWebhooksSchema } from '../webhooks/kept-webhooks.ts';

const FORMAT = 'connector-api-demo-emulator';
/** To be raised when what is kept changes its form. */
const VERSION = 2;
/** Of the first version, which had no settings, faults and webhooks, the rest can be used. Files of others are put aside. */
const READABLE_VERSIONS = [1, VERSION];

const snapshotSchema = v.object({
  format: v.literal(FORMAT, `The format must be ${FORMAT}`),
  version: v.picklist(READABLE_VERSIONS, `The version must be ${READABLE_VERSIONS.join(' or ')}`),
  savedAt: v.string(),
  /** How far the clock was ahead of the machine's: the times in here may lie in its future. */
  clockAheadMs: v.number(),
  signingKey: v.custom<JWK>((value) => v.is(jsonObject({ kty: v.string() }), value), 'is no key'),
  accounts: v.array(keptAccountSchema),
  settings: v.exactOptional(settingsSchema),
  faults: v.exactOptional(keptFaultsSchema),
  webhooks: v.exactOptional(v.array(keptWebhooksSchema)),
});

/** Everything that the emulated cloud keeps. Plain data. */
export type CloudSnapshot = v.InferOutput<typeof snapshotSchema>;

export type SnapshotReading =
  { readonly snapshot: CloudSnapshot; readonly key: SigningKey } | { readonly problem: string };

/** The snapshot that the value is, its key ready for use, or what is wrong with it. */
export async function readSnapshot(value: unknown): Promise<SnapshotReading> {
  const read = v.safeParse(snapshotSchema, value);
  if (!read.success) {
    const [issue] = read.issues;
    return { problem: `${v.getDotPath(issue) ?? 'The snapshot'}: ${issue.message}` };
  }
  const key = await readSigningKey(read.output.signingKey);
  return key ? { snapshot: read.output, key } : { problem: 'signingKey: is no RSA key' };
}

export function takeSnapshot({ accounts, clock, faults, settings, tokens, webhooks }: Cloud): CloudSnapshot {
  const clockAheadMs = clock instanceof VirtualClock ? clock.read().aheadMs : 0;
  return {
    format: FORMAT,
    version: VERSION,
    savedAt: new Date(clock.now()).toISOString(),
    clockAheadMs,
    signingKey: tokens.signingKey.privateJwk,
    settings: { ...settings },
    faults: faults.keep(),
    webhooks: [...webhooks.keep()],
    accounts: accounts.list().map(accountToKeep),
  };
}

/**
 * Puts a snapshot in the place of what is. What agents and webhooks are doing ends; what they were doing in the snapshot
 * goes on when `accounts.resume()` is called.
 */
export function restoreSnapshot(
  cloud: Cloud,
  { snapshot, key }: { readonly snapshot: CloudSnapshot; readonly key: SigningKey },
): void {
  const { accounts, clock, faults, settings, tokens, webhooks } = cloud;
  cloud.settle();
  if (clock instanceof VirtualClock) {
    const { now, aheadMs } = clock.read();
    clock.skipTo(now - aheadMs + snapshot.clockAheadMs);
  }
  tokens.useKey(key);
  Object.assign(settings, snapshot.settings);
  if (snapshot.faults) faults.restore(snapshot.faults);
  accounts.restore(snapshot.accounts);
  webhooks.restore(snapshot.webhooks ?? []);
}

/** Begins anew. The signing key and the clock stay as they are. */
export function resetCloud(cloud: Cloud): void {
  cloud.settle();
  cloud.faults.clear();
  Object.assign(cloud.settings, defaultCloudSettings);
  cloud.accounts.clear();
}
