import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's own connector, as far as webhooks see it: one that takes nothing. */
export interface PlayedEndpoint extends AsyncDisposable {
  readonly url: string;
}

/** Listens on any free port of this machine. */
export async function startEndpoint(): Promise<PlayedEndpoint> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(500).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/my-connector/webhooks`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
