import { Router, type Response } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import { queryParameter } from '../http/parameters.ts';
import { readToEnd, takeConnection } from '../http/take-connection.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import { OpenStreams, type OpenStreamsDeps } from './open-streams.ts';
import { cursorOf } from './stream-start.ts';

export interface EventStreamRoutesDeps extends OpenStreamsDeps {
  readonly browser: BrowserSession;
}

/** After a lost connection the browser waits this long before it asks again. */
const RETRY_MS = 1_000;
/** Up to so much longer: browsers that lost a bridge at the same moment must not come back at the same moment. */
const RETRY_JITTER_MS = 500;

export function eventStreamRoutes(deps: EventStreamRoutesDeps): Router {
  const streams = new OpenStreams(deps);
  const router = Router();

  router.get('/events', async (request, response) => {
    if (!(await readToEnd(request))) return;
    const page = pageOf(queryParameter(request, 'page'));
    // Whoever is refused asks again and again, with nobody there: only a stream that opens uses the session.
    streams.check({ session: deps.browser.requirePeek(request), page });
    // Who was refused a stream asks why: the browser's `EventSource` does not tell. A head has no body that could be one.
    if (queryParameter(request, 'peek') !== null || request.method === 'HEAD') {
      response.status(204).end();
      return;
    }
    const session = deps.browser.require(request);
    const cursor = cursorOf(request.get('last-event-id'), queryParameter(request, 'after'));
    writeHead(response);
    const socket = takeConnection(request, response);
    socket.write(`retry: ${RETRY_MS + Math.round(RETRY_JITTER_MS * Math.random())}\n\n`);
    streams.open(socket, { session, page, cursor });
  });

  return router;
}

/** A name of any other length is none of ours. */
const pageOf = (name: string | null): string | null =>
  name !== null && /^[\w-]{8,64}$/.test(name) ? name : null;

function writeHead(response: Response): void {
  // An answer that waits for the one before it on the same connection has none of its own yet.
  if (response.socket === null)
    throw new BridgeError('invalid-request', 'A stream needs a connection of its own.');
  // It ends with its connection, so nothing need mark its chunks: what is written goes out as it is.
  response.removeHeader('Transfer-Encoding');
  response.writeHead(200, {
    Connection: 'close',
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    // Nginx would otherwise hold events back until its buffer is full.
    'X-Accel-Buffering': 'no',
  });
}
