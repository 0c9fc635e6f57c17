import { once } from 'node:events';
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

import { StartError } from '../config/start-error.ts';

/** An HTTP server that listens. */
export interface HttpServer {
  readonly port: number;
  /** Takes no new connections and waits for requests in work; what is still open after `graceMs` is cut. */
  close(graceMs: number): Promise<void>;
}

/** How long a caller may take to say what it wants: who takes longer gets 408 and loses the connection. */
export interface CallerLimits {
  readonly headMs: number;
  /** Head and body; a picture of 3 MB must get through a slow line. */
  readonly requestMs: number;
  readonly checkedEveryMs: number;
}

const USUAL_LIMITS: CallerLimits = { headMs: 15_000, requestMs: 90_000, checkedEveryMs: 5_000 };

/** @throws StartError when the port or host cannot be had */
export async function startHttpServer(
  address: { readonly host: string; readonly port: number },
  listenerFor: (port: number) => RequestListener,
  limits = USUAL_LIMITS,
): Promise<HttpServer> {
  const server = createServer(serverOptions(limits));
  // Browsers open connections before they need them. Node counts such a one as busy, so closing would wait for it.
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  try {
    server.listen(address.port, address.host);
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(reasonOf(error, address), { cause: error });
  }
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  server.on('request', listenerFor(port));
  return {
    port,
    async close(graceMs) {
      const closed = once(server, 'close');
      server.close();
      const sweep = (): void => {
        // A connection whose request has just been answered is idle now, but nobody closes it: look again and again.
        server.closeIdleConnections();
        for (const socket of unused) socket.destroy();
      };
      const sweeping = setInterval(sweep, 10);
      const cutting = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(sweeping);
      clearTimeout(cutting);
    },
  };
}

const serverOptions = ({ headMs, requestMs, checkedEveryMs }: CallerLimits): ServerOptions => ({
  headersTimeout: headMs,
  requestTimeout: requestMs,
  connectionsCheckingInterval: checkedEveryMs,
});

function reasonOf(error: unknown, { host, port }: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use; stop the other program or set SERVER_HTTP_PORT`;
    case 'EACCES':
      return `port ${port} on ${host} may not be used by this user; set SERVER_HTTP_PORT to one above 1024`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is no address of this machine`;
    default:
      return `cannot listen on ${host}:${port}: ${String(error)}`;
  }
}
