import { createHmac, timingSafeEqual } from 'node:crypto';

import type { SignatureVerdict } from '#protocol/bridge-events';

/** Digest lengths in bytes; the algorithms that LivePerson signs with. */
const DIGEST_BYTES = { sha1: 20, sha256: 32 } as const;

export type SignatureAlgorithm = keyof typeof DIGEST_BYTES;

export interface SignatureCheck {
  /** Value of `X-Liveperson-Signature`, `sha1=<base64>` or `sha256=<base64>`. */
  readonly header: string | undefined;
  /** The bytes received: parsing and writing the JSON again changes escapes, and the signature no longer fits. */
  readonly body: Uint8Array;
  readonly secret: string;
  /** Algorithms that are taken. */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** Secrets of the account's other apps, asked for only to explain a refusal. */
  readonly otherSecrets?: () => readonly string[];
}

/**
 * Whether the signature is LivePerson's HMAC of exactly these bytes, and if not, why.
 * @see PROTOCOL.md §8.2
 */
export function verifySignature(check: SignatureCheck): SignatureVerdict {
  const { body, secret, algorithms = ['sha1', 'sha256'], otherSecrets = () => [] } = check;
  const header = readHeader(check.header);
  if (typeof header === 'string') return header;
  if (!algorithms.includes(header.algorithm)) return 'algorithm-unexpected';
  const fits = (key: string): boolean => isSame(header.signature, sign(header.algorithm, key, body));
  if (fits(secret)) return 'valid';
  return otherSecrets().some(fits) ? 'other-apps-secret' : 'body-differs';
}

interface SignatureHeader {
  readonly algorithm: SignatureAlgorithm;
  /** A digest of the right length in Base64. */
  readonly signature: string;
}

/** The header's parts, or what is wrong with it. */
function readHeader(header: string | undefined): SignatureHeader | SignatureVerdict {
  if (header === undefined || header === '') return 'header-missing';
  const separator = header.indexOf('=');
  if (separator <= 0) return 'header-malformed';
  const algorithm = header.slice(0, separator).trim().toLowerCase();
  if (!isAlgorithm(algorithm)) return 'algorithm-unknown';
  const signature = header.slice(separator + 1).trim();
  const form = formOf(signature, DIGEST_BYTES[algorithm]);
  if (form === 'hex') return 'encoding-unexpected';
  return form === 'base64' ? { algorithm, signature } : 'header-malformed';
}

function isAlgorithm(name: string): name is SignatureAlgorithm {
  return Object.hasOwn(DIGEST_BYTES, name);
}

function sign(algorithm: SignatureAlgorithm, secret: string, body: Uint8Array): string {
  return createHmac(algorithm, secret).update(body).digest('base64');
}

function formOf(signature: string, digestBytes: number): 'base64' | 'hex' | 'other' {
  if (new RegExp(`^[0-9a-f]{${digestBytes * 2}}$`, 'i').test(signature)) return 'hex';
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(signature);
  return isBase64 && signature.length === Math.ceil(digestBytes / 3) * 4 ? 'base64' : 'other';
}

/** Takes the same time wherever the texts differ. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
