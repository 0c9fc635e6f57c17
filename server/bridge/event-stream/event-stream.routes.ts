import { Router, type Response } from 'express';

import { queryParameter } from '../http/parameters.ts';
import type { EventStore } from '../event-store/event-store.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import type { SessionEnds } from '../sign-in/session-ends.ts';
import type { SessionStore } from '../sign-in/session-store.ts';
import { EventStream } from './event-stream.ts';
import type { StreamMeter } from './stream-meter.ts';
import { cursorOf } from './stream-start.ts';
import { StreamWriter } from './stream-writer.ts';

export interface EventStreamRoutesDeps {
  readonly store: EventStore;
  readonly browser: BrowserSession;
  readonly sessions: SessionStore;
  readonly ends: SessionEnds;
  /** Ends every open stream when the bridge stops. */
  readonly shutdown: AbortSignal;
  readonly now: () => number;
  readonly heartbeatMs: number;
  readonly meter: StreamMeter;
}

export function eventStreamRoutes(deps: EventStreamRoutesDeps): Router {
  const { store, browser, sessions, ends, shutdown, now, heartbeatMs, meter } = deps;
  const router = Router();

  router.get('/events', async (request, response) => {
    const session = browser.require(request);
    const cursor = cursorOf(request.get('last-event-id'), queryParameter(request, 'after'));
    using sessionEnd = ends.watch(session.key);
    using end = endOf(response, [sessionEnd.signal, shutdown]);
    const audience = { account: session.account, owner: session.userId };
    const writer = new StreamWriter(response);
    const stream = new EventStream({ store, writer, audience, cursor, signal: end.signal, now, meter });
    writer.open();
    const heartbeat = setInterval(() => {
      if (sessions.isAlive(session.key)) stream.beat();
      else ends.end(session.key, 'expired');
    }, heartbeatMs);
    const open = meter.opened();
    try {
      await stream.run();
    } finally {
      open[Symbol.dispose]();
      clearInterval(heartbeat);
      if (sessionEnd.signal.aborted) stream.tellSignedOut(sessionEnd.reason());
      writer.end();
    }
  });

  return router;
}

/**
 * A signal that aborts when the browser leaves or one of the others does. Not `AbortSignal.any`: what it hangs on a
 * signal that lives as long as the bridge is let go only with that signal.
 */
function endOf(
  response: Response,
  others: readonly AbortSignal[],
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  response.once('close', abort);
  for (const other of others) {
    if (other.aborted) abort();
    other.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      response.off('close', abort);
      for (const other of others) other.removeEventListener('abort', abort);
    },
  };
}
