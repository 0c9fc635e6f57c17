import { createHmac, hash } from 'node:crypto';

/** Both algorithms read their input in blocks of this size. */
const BLOCK_BYTES = 64;
/** Larger bodies are few, and their digest costs more than the objects around it. */
const SMALL_BYTES = 16 * 1024;

/** The key and what is digested after it; used again for each call, as is the key's part while the key is the same. */
const inner = Buffer.alloc(BLOCK_BYTES + SMALL_BYTES);
const outer = Buffer.alloc(BLOCK_BYTES + 32);
let paddedKey: string | null = null;

/**
 * HMAC as RFC 2104 makes it of a digest, in two calls without objects of their own: for something as small as a webhook,
 * `createHmac` makes and gives back more than it digests.
 */
export function hmac(
  algorithm: 'sha1' | 'sha256',
  key: string,
  body: Uint8Array,
  encoding: 'base64' | 'hex',
): string {
  const isSmall = Buffer.byteLength(key) <= BLOCK_BYTES && body.length <= SMALL_BYTES;
  if (!isSmall) return createHmac(algorithm, key).update(body).digest(encoding);
  if (key !== paddedKey) padBoth(key);
  inner.set(body, BLOCK_BYTES);
  const digest = hash(algorithm, inner.subarray(0, BLOCK_BYTES + body.length), 'binary');
  const digestBytes = outer.write(digest, BLOCK_BYTES, 'latin1');
  return hash(algorithm, outer.subarray(0, BLOCK_BYTES + digestBytes), encoding);
}

function padBoth(key: string): void {
  pad(inner, key, 0x36);
  pad(outer, key, 0x5c);
  paddedKey = key;
}

/** Writes the key's block: the key, filled up with zeros, each byte changed by `mask`. */
function pad(target: Buffer, key: string, mask: number): void {
  const keyBytes = target.write(key, 0);
  for (let index = 0; index < BLOCK_BYTES; index += 1) {
    target[index] = index < keyBytes ? (target[index] ?? 0) ^ mask : mask;
  }
}
