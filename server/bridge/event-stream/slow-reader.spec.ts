import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { asAccountId, asDialogId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { createLogger } from '../logging/loggers.ts';
import { EventStream } from './event-stream.ts';
import { StreamWriter } from './stream-writer.ts';

const BACKLOG_BYTES = 40 * 1024 * 1024;
const TEXT = 'x'.repeat(20_000);

describe('a browser that does not read', () => {
  it('makes its backlog wait in the store, not in memory, and may leave', async () => {
    await using store = new SqliteEventStore({ path: ':memory:', log: createLogger({ level: 'silent' }) });
    const count = Math.ceil(BACKLOG_BYTES / TEXT.length);
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: TEXT } as const;
    const payload = {
      kind: 'message-submitted',
      clientMessageId: 'm',
      dialogId: asDialogId('c1'),
      event,
    } as const;
    await store.append(Array.from({ length: count }, () => buildEntry({ payload })));
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    const writer = new StreamWriter(response);
    const audience = { account: asAccountId('demo'), owner: asUserId('kim') };
    const stream = new EventStream({
      store,
      writer,
      audience,
      cursor: 0,
      signal: leaving.signal,
      now: Date.now,
    });

    writer.open();
    const running = stream.run();
    while (!writer.isBusy) await new Promise(setImmediate);
    for (let turn = 0; turn < 200; turn += 1) {
      stream.beat();
      await new Promise(setImmediate);
    }

    expect(writer.isBusy).toBeTrue();
    expect(response.writableLength).toBeLessThan(5 * TEXT.length);
    reader.destroy();
    await running;
    server.close();
    expect(leaving.signal.aborted).toBeTrue();
  });
});
