import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server as SecureServer } from 'node:https';

import type { CertifiedKey } from './tls/certificates.ts';
import { shareConnections } from './tls/either-protocol.ts';

/** Longest time a request may take to arrive whole. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface Listening {
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface ListeningTwice extends Listening {
  readonly securePort: number;
  /** New connections get this certificate. */
  useCertificate(certified: CertifiedKey): void;
}

export interface SecureListenOptions {
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly certified: CertifiedKey;
}

/**
 * Listens, on any free port when `port` is 0.
 *
 * @throws Error that names host and port, and what to do, when it cannot.
 */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, handler);
  await startListening(server, host, { port, setting: 'EMULATOR_HTTP_PORT' });
  return { port: portOf(server), close: () => closeServer(server) };
}

/**
 * Listens on two ports, for plain HTTP and for TLS; each understands the other's protocol as well.
 *
 * @throws Error that names host and port, and what to do, when it cannot.
 */
export async function listenTwice(
  handler: RequestListener,
  { host, port, securePort, certified }: SecureListenOptions,
): Promise<ListeningTwice> {
  const plain = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, handler);
  const secure = createSecureServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, cert: certified.certificate, key: certified.key },
    handler,
  );
  const endConnections = shareConnections(plain, secure, REQUEST_TIMEOUT_MS);
  await startListening(plain, host, { port, setting: 'EMULATOR_HTTP_PORT' });
  try {
    await startListening(secure, host, { port: securePort, setting: 'EMULATOR_HTTPS_PORT' });
  } catch (error) {
    await closeServer(plain);
    throw error;
  }
  return {
    port: portOf(plain),
    securePort: portOf(secure),
    useCertificate: ({ certificate, key }) => secure.setSecureContext({ cert: certificate, key }),
    close: async () => {
      const closed = Promise.all([closeServer(plain), closeServer(secure)]);
      endConnections();
      await closed;
    },
  };
}

/** A port, and the setting that gives another. */
interface Door {
  readonly port: number;
  readonly setting: string;
}

async function startListening(server: Server | SecureServer, host: string, door: Door): Promise<void> {
  server.listen(door.port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(reasonOf(error, host, door), { cause: error });
  }
}

function reasonOf(error: unknown, host: string, { port, setting }: Door): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `The emulator's port ${port} on ${host} is in use by another program; stop it or set ${setting}`;
  }
  if (code === 'EACCES') return `The emulator may not use port ${port} on ${host}; set ${setting} to another`;
  return `The emulator cannot listen on ${host}, port ${port} (${setting})`;
}

function portOf(server: Server | SecureServer): number {
  const address = server.address();
  // Only a pipe has a text, and only a closed server nothing; this one listens on a port.
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server | SecureServer): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
