import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';

/** Key id that the samples of real tokens carry. @see PROTOCOL.md §5.1 */
export const KEY_ID = 'appjwt-13-05-17';

/** The key that signs both kinds of token. */
export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public half, as published. */
  readonly publicJwk: JWK;
  /** The whole key, as kept. */
  readonly privateJwk: JWK;
}

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    privateKey,
    publicKey,
    publicJwk: published(await exportJWK(publicKey)),
    privateJwk: await exportJWK(privateKey),
  };
}

/** The key that was kept; `null` when it is none. */
export async function readSigningKey(privateJwk: JWK): Promise<SigningKey | null> {
  const { kty, n, e } = privateJwk;
  if (kty !== 'RSA' || n === undefined || e === undefined || privateJwk.d === undefined) return null;
  try {
    const publicHalf = { kty, n, e };
    const [privateKey, publicKey] = await Promise.all([
      importJWK(privateJwk, 'RS256'),
      importJWK(publicHalf, 'RS256'),
    ]);
    if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) return null;
    return { privateKey, publicKey, publicJwk: published(publicHalf), privateJwk };
  } catch {
    // Numbers that make no key: whoever asked says so.
    return null;
  }
}

const published = (publicHalf: JWK): JWK => ({ ...publicHalf, kid: KEY_ID, alg: 'RS256', use: 'sig' });
