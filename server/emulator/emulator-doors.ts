import type { RequestListener } from 'node:http';

import { systemClock } from './clock.ts';
import type { EmulatorLog } from './emulator-log.ts';
import { listen, listenTwice } from './http-listener.ts';
import type { Listening } from './http-listener.ts';
import { certifiedNames } from './tls/certified-names.ts';
import { folderShelf, memoryShelf } from './tls/pem-shelf.ts';
import { keepRenewed, obtainTlsIdentity } from './tls/tls-identity.ts';
import type { TlsIdentity, TlsIdentityDeps } from './tls/tls-identity.ts';
import { isLoopback } from './webhooks/local-host.ts';

/** How the emulator is reached by one protocol. */
export interface Address {
  /** Where programs on this machine reach it, e.g. `http://127.0.0.1:8283`. */
  readonly origin: string;
  /** `host:port` to show to people, e.g. `localhost:8283`. */
  readonly host: string;
  readonly port: number;
}

/** How the emulator is reached over TLS. */
export interface SecureAddress extends Address {
  /** Certificate, PEM, of the authority that clients must trust. */
  readonly caCertificate: string;
  /** Where it is kept; `null` without a data folder. */
  readonly caFile: string | null;
}

/** TLS as it is made ready before anything listens, so that webhooks can trust the authority. */
export interface PreparedTls {
  readonly identity: TlsIdentity;
  readonly deps: TlsIdentityDeps;
  readonly httpsPort: number;
}

export interface TlsOptions {
  readonly host: string;
  /** 0: any free port. `null`: no TLS. */
  readonly httpsPort?: number | null;
}

/**
 * Authority and certificate, kept in `folder`, or in memory when there is none. `null` when TLS is off.
 *
 * @throws Error that names the file when the folder cannot be used.
 */
export async function prepareTls(
  { host, httpsPort = null }: TlsOptions,
  folder: string | null,
  log: EmulatorLog,
): Promise<PreparedTls | null> {
  if (httpsPort === null) return null;
  const shelf = folder === null ? memoryShelf() : folderShelf(folder);
  // Clients judge certificates by the machine's time, which no virtual clock changes.
  const deps: TlsIdentityDeps = { shelf, names: certifiedNames(host), clock: systemClock, log };
  return { identity: await obtainTlsIdentity(deps), deps, httpsPort };
}

export interface OpenDoors {
  readonly plain: Address;
  /** `null` when TLS is off. */
  readonly secure: SecureAddress | null;
  close(): Promise<void>;
}

/** @throws Error that names host and port when it cannot listen there. */
export async function openDoors(
  handler: RequestListener,
  { host, httpPort }: { readonly host: string; readonly httpPort: number },
  tls: PreparedTls | null,
): Promise<OpenDoors> {
  if (!tls) {
    const listening: Listening = await listen(handler, host, httpPort);
    return { plain: addressOf('http', host, listening.port), secure: null, close: () => listening.close() };
  }
  const { identity, deps, httpsPort } = tls;
  const { caCertificate, caFile, server: certified } = identity;
  const listening = await listenTwice(handler, { host, port: httpPort, securePort: httpsPort, certified });
  const renewal = keepRenewed(identity, deps, ({ server }) => listening.useCertificate(server));
  return {
    plain: addressOf('http', host, listening.port),
    secure: { ...addressOf('https', host, listening.securePort), caCertificate, caFile },
    close: async () => {
      renewal.cancel();
      await listening.close();
    },
  };
}

const addressOf = (scheme: 'http' | 'https', host: string, port: number): Address => ({
  origin: `${scheme}://${reachableHost(host)}:${port}`,
  host: `${shownHost(host)}:${port}`,
  port,
});

/** The address for a caller on this machine; a wildcard address is not one that can be called. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const shownHost = (host: string): string => {
  const reachable = reachableHost(host);
  return isLoopback(reachable) ? 'localhost' : reachable;
};
