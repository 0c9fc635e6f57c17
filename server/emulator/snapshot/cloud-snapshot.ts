import * as v from 'valibot';
import type { JWK } from 'jose';

import type { Cloud } from '../cloud.ts';
import { defaultCloudSettings } from '../cloud-settings.ts';
import { jsonObject } from '../json-object.ts';
import { accountToKeep, keptAccountSchema } from '../state/kept-account.ts';
import { readSigningKey } from '../tokens/signing-key.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import { VirtualClock } from '../virtual-clock.ts';

const FORMAT = 'connector-api-demo-emulator';
/** To be raised when what is kept changes its form: files of other versions are put aside. */
const VERSION = 1;

const snapshotSchema = v.object({
  format: v.literal(FORMAT, `The format must be ${FORMAT}`),
  version: v.literal(VERSION, `The version must be ${VERSION}`),
  savedAt: v.string(),
  /** How far the clock was ahead of the machine's: the times in here may lie in its future. */
  clockAheadMs: v.number(),
  signingKey: v.custom<JWK>((value) => v.is(jsonObject({ kty: v.string() }), value), 'is no key'),
  accounts: v.array(keptAccountSchema),
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

export function takeSnapshot({ accounts, clock, tokens }: Cloud): CloudSnapshot {
  const clockAheadMs = clock instanceof VirtualClock ? clock.read().aheadMs : 0;
  return {
    format: FORMAT,
    version: VERSION,
    savedAt: new Date(clock.now()).toISOString(),
    clockAheadMs,
    signingKey: tokens.signingKey.privateJwk,
    accounts: accounts.list().map(accountToKeep),
  };
}

/** Puts a snapshot in the place of what is. What agents and webhooks are doing ends. */
export function restoreSnapshot(
  cloud: Cloud,
  { snapshot, key }: { readonly snapshot: CloudSnapshot; readonly key: SigningKey },
): void {
  const { accounts, clock, tokens } = cloud;
  cloud.settle();
  if (clock instanceof VirtualClock) {
    const { now, aheadMs } = clock.read();
    clock.skipTo(now - aheadMs + snapshot.clockAheadMs);
  }
  tokens.useKey(key);
  accounts.restore(snapshot.accounts);
}

/** Begins anew. The signing key and the clock stay as they are. */
export function resetCloud(cloud: Cloud): void {
  cloud.settle();
  cloud.faults.clear();
  Object.assign(cloud.settings, defaultCloudSettings);
  cloud.accounts.clear();
}
