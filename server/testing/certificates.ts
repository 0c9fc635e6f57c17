import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

import forge from 'node-forge';

/** A certificate and its key, PEM, under the names that `node:tls` takes. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** The same as `cert`. */
  readonly certificate: string;
}

interface Validity {
  readonly from: Date;
  readonly to: Date;
}

const NOW: Validity = { from: new Date('2024-01-01'), to: new Date('2094-01-01') };

/** One pair for all: making it is what takes time, and none of these certificates protects anything. */
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const authorityPair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A certificate that vouches for itself; the first name is its subject. */
export function selfSigned(
  names: readonly string[],
  { isAuthority = false, keys = pair } = {},
): TestCertificate {
  const certificate = unsigned(names, NOW, keys.publicKey);
  certificate.setIssuer(certificate.subject.attributes);
  if (isAuthority) certificate.setExtensions([{ name: 'basicConstraints', cA: true, critical: true }]);
  return signed(certificate, keys.privateKey, keys.privateKey);
}

/** An authority that a spec may have trusted. */
export const testAuthority = selfSigned(['Test CA'], { isAuthority: true, keys: authorityPair });

/** A server's certificate of this authority. */
export function certificateFor(
  authority: TestCertificate,
  names: readonly string[],
  validity: Validity = NOW,
): TestCertificate {
  const certificate = unsigned(names, validity, pair.publicKey);
  certificate.setIssuer(forge.pki.certificateFromPem(authority.cert).subject.attributes);
  return signed(certificate, pair.privateKey, authority.key);
}

function unsigned(
  names: readonly string[],
  { from, to }: Validity,
  publicKey: string,
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `1${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = from;
  certificate.validity.notAfter = to;
  certificate.setSubject([{ name: 'commonName', value: names[0] ?? 'nobody' }]);
  certificate.setExtensions([{ name: 'subjectAltName', altNames: names.map(alternativeName) }]);
  return certificate;
}

function alternativeName(name: string): object {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}

function signed(certificate: forge.pki.Certificate, key: string, signingKey: string): TestCertificate {
  certificate.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate);
  return { cert, certificate: cert, key };
}
