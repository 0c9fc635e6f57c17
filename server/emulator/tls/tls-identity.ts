import type { Clock, Scheduled } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import {
  createAuthority,
  isUsableAuthority,
  isUsableServerCertificate,
  issueServerCertificate,
  renewalTime,
} from './certificates.ts';
import type { CertifiedKey } from './certificates.ts';
import type { PemShelf } from './pem-shelf.ts';

/** What the emulator shows to TLS clients, and what they need to believe it. */
export interface TlsIdentity {
  readonly server: CertifiedKey;
  /** Certificate of the authority, PEM: what clients are given as a CA file. */
  readonly caCertificate: string;
  /** Where it is kept; `null` when it is in memory only. */
  readonly caFile: string | null;
}

export interface TlsIdentityDeps {
  readonly shelf: PemShelf;
  /** Names and addresses by which clients call, the first of them as the subject. */
  readonly names: readonly [string, ...string[]];
  /** The machine's: clients judge certificates by their own time, which no virtual clock changes. */
  readonly clock: Clock;
  readonly log: EmulatorLog;
}

const CA_FILE = 'ca.pem';
const CA_KEY_FILE = 'ca.key';
const SERVER_FILE = 'server.pem';
const SERVER_KEY_FILE = 'server.key';

/** The identity kept from earlier, with whatever is missing, damaged, about to end or for other names made anew. */
export async function obtainTlsIdentity(deps: TlsIdentityDeps): Promise<TlsIdentity> {
  const authority = await obtainAuthority(deps);
  const server = await obtainServerCertificate(deps, authority);
  return { server, caCertificate: authority.certificate, caFile: deps.shelf.fileOf(CA_FILE) };
}

async function obtainAuthority({ shelf, clock, log }: TlsIdentityDeps): Promise<CertifiedKey> {
  const kept = readPair(shelf, CA_FILE, CA_KEY_FILE);
  if (kept && isUsableAuthority(kept, clock.now())) return kept;
  const made = await createAuthority(clock.now());
  shelf.write(CA_KEY_FILE, made.key, 'private');
  shelf.write(CA_FILE, made.certificate, 'public');
  log.info({ caFile: shelf.fileOf(CA_FILE) }, 'emulator CA made: clients need this file');
  return made;
}

async function obtainServerCertificate(
  { shelf, names, clock, log }: TlsIdentityDeps,
  authority: CertifiedKey,
): Promise<CertifiedKey> {
  const kept = readPair(shelf, SERVER_FILE, SERVER_KEY_FILE);
  if (kept && isUsableServerCertificate(kept, authority, { names, now: clock.now() })) return kept;
  const issued = await issueServerCertificate(authority, names, clock.now());
  shelf.write(SERVER_KEY_FILE, issued.key, 'private');
  shelf.write(SERVER_FILE, issued.certificate, 'public');
  log.info({ names }, 'emulator server certificate issued');
  return issued;
}

function readPair(shelf: PemShelf, certificateFile: string, keyFile: string): CertifiedKey | null {
  const certificate = shelf.read(certificateFile);
  const key = shelf.read(keyFile);
  return certificate === null || key === null ? null : { certificate, key };
}

/** A failed renewal is tried again after this time; there are weeks left. */
const RETRY_MS = 86_400_000;

/** Replaces the certificate in time for as long as the server runs. Cancel it to end. */
export function keepRenewed(
  first: TlsIdentity,
  deps: TlsIdentityDeps,
  use: (renewed: TlsIdentity) => void,
): Scheduled {
  let isCancelled = false;
  let waiting: Scheduled | null = null;
  const renew = async (): Promise<void> => {
    const renewed = await obtainTlsIdentity(deps);
    if (isCancelled) return;
    use(renewed);
    wait(delayUntil(renewed));
  };
  const delayUntil = ({ server }: TlsIdentity): number =>
    Math.max(renewalTime(server.certificate) - deps.clock.now(), 0);
  const wait = (delayMs: number): void => {
    waiting = deps.clock.schedule(delayMs, () => void renew().catch(retry));
  };
  const retry = (err: unknown): void => {
    deps.log.error({ err }, 'emulator server certificate could not be renewed');
    if (!isCancelled) wait(RETRY_MS);
  };
  wait(delayUntil(first));
  return {
    cancel: () => {
      isCancelled = true;
      waiting?.cancel();
    },
  };
}
