import { createServer, type ServerResponse } from 'node:http';

import { tellUsage } from './usage.ts';

/**
 * The floor: the least that a relay in Node can be. It checks nothing, stores nothing, remembers nothing, and frames each
 * event for each reader.
 */
const readers = new Set<ServerResponse>();
let sequence = 0;

const server = createServer((request, response) => {
  if (request.url === '/health') {
    response.end('{"status":"UP"}');
    return;
  }
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write('event: caught-up\ndata: {}\n\n');
    readers.add(response);
    response.once('close', () => readers.delete(response));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const event: unknown = JSON.parse(Buffer.concat(chunks).toString());
    sequence += 1;
    for (const reader of readers) {
      reader.write(`event: entry\nid: ${sequence}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('"OK"');
  });
});

tellUsage();
server.listen(Number(process.env['SERVER_HTTP_PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ origin: `http://127.0.0.1:${address?.port ?? 0}` });
});
