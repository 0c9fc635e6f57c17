import { X509Certificate, createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';

import forge from 'node-forge';

/** A certificate and its private key, both PEM. */
export interface CertifiedKey {
  readonly certificate: string;
  readonly key: string;
}

/** Validity of the authority, and of what it issues: the longest that today's clients accept. */
const AUTHORITY_DAYS = 3650;
const SERVER_DAYS = 397;
/** A server certificate that ends sooner than this is replaced. */
const RENEWAL_DAYS = 30;
const DAY_MS = 86_400_000;
/** Allows for clients whose clocks are behind. */
const BACKDATED_MS = DAY_MS;

/** Makes an authority that nobody knows yet: clients are given its certificate as a CA file. */
export async function createAuthority(now: number): Promise<CertifiedKey> {
  const keys = await newKeyPair();
  const name = `Connector API demo emulator CA ${randomBytes(3).toString('hex')}`;
  const certificate = unsigned(keys.publicKey, name, { from: now - BACKDATED_MS, days: AUTHORITY_DAYS });
  certificate.setIssuer(certificate.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  return signed(certificate, keys.privateKey, keys.privateKey);
}

/** A certificate for these host names and addresses, the first of them as its subject. */
export async function issueServerCertificate(
  authority: CertifiedKey,
  names: readonly [string, ...string[]],
  now: number,
): Promise<CertifiedKey> {
  const keys = await newKeyPair();
  const issuer = forge.pki.certificateFromPem(authority.certificate);
  const certificate = unsigned(keys.publicKey, names[0], { from: now - BACKDATED_MS, days: SERVER_DAYS });
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
    { name: 'subjectAltName', altNames: names.map(alternativeName) },
  ]);
  return signed(certificate, keys.privateKey, authority.key);
}

/** Whether the authority can still issue certificates that live their full time. */
export function isUsableAuthority({ certificate, key }: CertifiedKey, now: number): boolean {
  const parsed = readCertificate(certificate);
  return parsed !== null && isKeyOf(parsed, key) && parsed.ca && endOf(parsed) > now + SERVER_DAYS * DAY_MS;
}

/** Whether a server may go on with the certificate: the authority's, for exactly these names, not about to end. */
export function isUsableServerCertificate(
  { certificate, key }: CertifiedKey,
  authority: CertifiedKey,
  { names, now }: { readonly names: readonly string[]; readonly now: number },
): boolean {
  const parsed = readCertificate(certificate);
  const issuer = readCertificate(authority.certificate);
  if (!parsed || !issuer || !isKeyOf(parsed, key)) return false;
  const isIssued = parsed.checkIssued(issuer) && parsed.verify(issuer.publicKey);
  return (
    isIssued &&
    isFor(parsed, names) &&
    now < renewalTime(certificate) &&
    parsed.validFromDate.getTime() <= now
  );
}

/** When a server certificate should be replaced, epoch milliseconds. */
export const renewalTime = (certificate: string): number =>
  endOf(new X509Certificate(certificate)) - RENEWAL_DAYS * DAY_MS;

const endOf = (certificate: X509Certificate): number => certificate.validToDate.getTime();

function isFor(certificate: X509Certificate, names: readonly string[]): boolean {
  const named = certificate.subjectAltName?.split(', ') ?? [];
  const covers = (name: string): boolean =>
    (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
  return named.length === names.length && names.every(covers);
}

function isKeyOf(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    // Not a key at all: as useless as another's.
    return false;
  }
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    // Damaged or cut off: the caller makes a new one.
    return null;
  }
}

const generate = promisify(generateKeyPair);

/** The platform's generator: the one of the certificate library takes seconds. */
const newKeyPair = (): Promise<{ readonly publicKey: string; readonly privateKey: string }> =>
  generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

function unsigned(
  publicKey: string,
  commonName: string,
  { from, days }: { readonly from: number; readonly days: number },
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A first digit below 8: a serial number must not be negative.
  certificate.serialNumber = `1${randomBytes(15).toString('hex')}1`;
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(from + days * DAY_MS);
  certificate.setSubject([
    { name: 'commonName', value: commonName },
    { name: 'organizationName', value: 'Connector API demo app' },
  ]);
  return certificate;
}

function signed(certificate: forge.pki.Certificate, ownKey: string, signingKey: string): CertifiedKey {
  certificate.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key: ownKey };
}

const DNS_NAME = 2;
const IP_ADDRESS = 7;

const alternativeName = (name: string): object =>
  isIP(name) ? { type: IP_ADDRESS, ip: name } : { type: DNS_NAME, value: name };
