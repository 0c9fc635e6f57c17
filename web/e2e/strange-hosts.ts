import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, request as startRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { certificateFor, selfSigned, testAuthority } from '../../server/testing/certificates.ts';

/** What a bad proxy does to what passes it. */
export interface Tampering {
  readonly delayMs?: number;
  readonly body?: (body: Buffer) => Buffer;
  /** Header that is lost on the way. */
  readonly without?: string;
}

/** Servers of this machine with everything that can be wrong with an endpoint; they close when the test ends. */
export class StrangeHosts implements AsyncDisposable {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();

  /** The authority of `withCertificateOf`, trusted by a world with the setting `NODE_EXTRA_CA_CERTS`. */
  static async writeAuthority(path: string): Promise<void> {
    await writeFile(path, testAuthority.certificate);
  }

  /** Answers every event with the status. */
  answering(status: number, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.serve((_request, response) => response.writeHead(status, headers).end());
  }

  /** Takes the event and hangs up. */
  hangingUp(): Promise<string> {
    return this.serve((request) => request.socket.destroy());
  }

  selfSigned(): Promise<string> {
    return this.serveTls(selfSigned(['localhost']));
  }

  /** Nobody here trusts its authority, which is not the one of `writeAuthority`. */
  ofUnknownAuthority(): Promise<string> {
    return this.serveTls(certificateFor(selfSigned(['Unknown CA'], { isAuthority: true }), ['localhost']));
  }

  ofAnotherHost(): Promise<string> {
    return this.serveTls(certificateFor(testAuthority, ['other.example.com']));
  }

  expired(): Promise<string> {
    const validity = { from: new Date('2020-01-01'), to: new Date('2021-01-01') };
    return this.serveTls(certificateFor(testAuthority, ['localhost'], validity));
  }

  /** Passes events on to `target`, but not as they came. */
  proxy(target: string, { delayMs = 0, body: change = (same) => same, without }: Tampering): Promise<string> {
    return this.serve((request, response) => {
      void readBody(request).then((received) => {
        const body = change(received);
        const headers = { ...request.headers, 'content-length': String(body.byteLength) };
        if (without !== undefined) Reflect.deleteProperty(headers, without);
        setTimeout(() => {
          const onward = startRequest(target, { method: 'POST', headers }, (answer) => {
            response.writeHead(answer.statusCode ?? 500);
            answer.pipe(response);
          });
          onward.end(body);
        }, delayMs);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(
      this.servers.map(async (server) => {
        server.close();
        await once(server, 'close');
      }),
    );
  }

  private async serve(listener: RequestListener): Promise<string> {
    return `http://localhost:${await this.listen(createServer(listener))}/notifications/event`;
  }

  private async serveTls({ cert, key }: { readonly cert: string; readonly key: string }): Promise<string> {
    const server = createTlsServer({ cert, key }, (_request, response) => response.end());
    server.on('tlsClientError', () => undefined);
    return `https://localhost:${await this.listen(server)}/notifications/event`;
  }

  private async listen(server: Server): Promise<number> {
    this.servers.push(server);
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
