import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import type { Interference, SeenRequest } from './interposer.ts';

export type StorageAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** Plays the object store: keeps what is put, and answers as the spec says. */
export interface TestFileStorage extends AsyncDisposable {
  readonly origin: string;
  /** What was put, by path without its signature. */
  readonly stored: ReadonlyMap<string, Buffer>;
  /** Method and path of every request, signature included. */
  readonly requests: readonly string[];
  answerWith(answer: StorageAnswer): void;
}

export async function startFileStorage(): Promise<TestFileStorage> {
  const stored = new Map<string, Buffer>();
  const requests: string[] = [];
  let answer: StorageAnswer = (_request, response) => response.writeHead(201).end();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.method === 'PUT') {
      void bytesOf(request).then(
        (bytes) => {
          stored.set(new URL(request.url!, 'http://storage').pathname, bytes);
          answer(request, response);
        },
        () => undefined,
      );
    } else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    stored,
    requests,
    answerWith: (next) => {
      answer = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Gives addresses of the storage in the cloud's place. @see PROTOCOL.md §6.5 */
export function fileUrlAnswer(relativePath: string): Interference {
  const queryParams = { temp_url_sig: SIGNATURE, temp_url_expires: '1528099919' };
  return {
    kind: 'answer',
    status: 200,
    body: { reqId: '1', code: 'OK', body: { relativePath, queryParams } },
  };
}

export const SIGNATURE = 'dd9e8b6c1f0a4a7d9c3f5e2b1a0c9d8e7f6a5b4c';

export const asksForFileUrl = ({ body }: SeenRequest): boolean => body.includes('ms.GenerateURLFor');

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
