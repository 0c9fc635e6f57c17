import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { MemoryEventStore } from '../../testing/memory-event-store.ts';
import { CallsUnderWayBook } from '../event-store/calls-under-way-book.ts';
import { createLogger } from '../logging/loggers.ts';
import { createBridgeMetrics } from '../metrics/bridge-metrics.ts';
import { SessionEnds } from '../sign-in/session-ends.ts';
import { OpenStreams } from './open-streams.ts';

const BACKLOG_BYTES = 40 * 1024 * 1024;

describe('streams that are open when the bridge stops', () => {
  let server: Server;
  let reader: Socket;
  let socket: Socket;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    reader = connect(port, '127.0.0.1').pause();
    [socket] = (await once(server, 'connection')) as [Socket];
  });
  afterEach(() => {
    reader.destroy();
    socket.destroy();
    server.close();
  });

  it('are cut after a while, when their readers do not take what was written to them', async () => {
    const shutdown = new AbortController();
    const streams = new OpenStreams({
      store: new MemoryEventStore(),
      sessions: { isAlive: () => true },
      ends: new SessionEnds(),
      ...{ shutdown: shutdown.signal, graceMs: 1, heartbeatMs: 1_000, now: Date.now },
      meter: createBridgeMetrics().streams,
      log: createLogger({ level: 'silent' }),
      mostPerSession: 1,
      underWay: new CallsUnderWayBook(),
    });
    const session = { key: 's', account: asAccountId('demo'), userId: asUserId('kim') };
    streams.open(socket, { session, page: null, cursor: 0 });
    const isCut = once(socket, 'close');

    // More than all buffers between two processes take.
    socket.write(Buffer.alloc(BACKLOG_BYTES));
    shutdown.abort();

    await expectAsync(isCut).toBeResolved();
  });
});
