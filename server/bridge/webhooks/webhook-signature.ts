import { timingSafeEqual } from 'node:crypto';

import type { SignatureVerdict } from '#protocol/bridge-events';

import { hmac } from './hmac.ts';
import { USUAL_SIGNATURE_FORMS, type SignatureForm } from './signature-forms.ts';

/** Digest lengths in bytes; the algorithms that LivePerson signs with. */
const DIGEST_BYTES = { sha1: 20, sha256: 32 } as const;

export type SignatureAlgorithm = keyof typeof DIGEST_BYTES;

export interface SignatureCheck {
  /** Value of `X-Liveperson-Signature`, e.g. `sha1=<base64>`. */
  readonly header: string | undefined;
  /** The bytes received: parsing and writing the JSON again changes escapes, and the signature no longer fits. */
  readonly body: Uint8Array;
  readonly secret: string;
  /** Forms that are taken. */
  readonly forms?: readonly SignatureForm[];
  /** Secrets of the account's other apps, asked for only to explain a refusal. */
  readonly otherSecrets?: () => readonly string[];
}

/**
 * Whether the signature is LivePerson's HMAC of exactly these bytes, and if not, why.
 * @see PROTOCOL.md §8.2
 */
export function verifySignature(check: SignatureCheck): SignatureVerdict {
  const { body, secret, forms = USUAL_SIGNATURE_FORMS, otherSecrets = () => [] } = check;
  const header = readHeader(check.header);
  if (typeof header === 'string') return header;
  const { algorithm, encoding, signature } = header;
  if (!forms.includes(`${algorithm}-${encoding}`)) {
    const isTaken = forms.some((form) => form.startsWith(`${algorithm}-`));
    return isTaken ? 'encoding-unexpected' : 'algorithm-unexpected';
  }
  const fits = (key: string): boolean => isSame(signature, hmac(algorithm, key, body, encoding));
  if (fits(secret)) return 'valid';
  return otherSecrets().some(fits) ? 'other-apps-secret' : 'body-differs';
}

/** How the signature is made and written; `null` when it is none. */
export function signatureFormOf(header: string | undefined): SignatureForm | null {
  const read = readHeader(header);
  return typeof read === 'string' ? null : `${read.algorithm}-${read.encoding}`;
}

interface SignatureHeader {
  readonly algorithm: SignatureAlgorithm;
  readonly encoding: 'base64' | 'hex';
  /** A digest of the right length; hex in lower case. */
  readonly signature: string;
}

/** The header's parts, or what is wrong with it. */
function readHeader(header: string | undefined): SignatureHeader | SignatureVerdict {
  if (header === undefined || header === '') return 'header-missing';
  const separator = header.indexOf('=');
  if (separator <= 0) return 'header-malformed';
  const algorithm = header.slice(0, separator).trim().toLowerCase();
  if (!isAlgorithm(algorithm)) return 'algorithm-unknown';
  const text = header.slice(separator + 1).trim();
  const encoding = encodingOf(text, DIGEST_BYTES[algorithm]);
  if (encoding === null) return 'header-malformed';
  return { algorithm, encoding, signature: encoding === 'hex' ? text.toLowerCase() : text };
}

function isAlgorithm(name: string): name is SignatureAlgorithm {
  return Object.hasOwn(DIGEST_BYTES, name);
}

/** How a digest of that length is written; `null`: it is none. */
function encodingOf(signature: string, digestBytes: number): 'base64' | 'hex' | null {
  if (signature.length === digestBytes * 2) return /^[0-9a-f]+$/i.test(signature) ? 'hex' : null;
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(signature);
  return isBase64 && signature.length === Math.ceil(digestBytes / 3) * 4 ? 'base64' : null;
}

/** Takes the same time wherever the texts differ. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
