import type { ExchangeRecorded } from '#protocol/bridge-events';
import { asAccountId, asUserId } from '#protocol/identifiers';

import { recordingLogger } from '../../testing/recording-logger.ts';
import { CallsUnderWayBook } from './calls-under-way-book.ts';
import { ExchangeRecorder } from './exchange-recorder.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';

const audience = { account: asAccountId('demo'), owner: asUserId('kim') };
const exchange: ExchangeRecorded = {
  ...{ kind: 'exchange', exchangeId: 'e', service: 'idp', summary: 'consumer token', attempt: 1 },
  ...{ startedAt: 0, durationMs: 1, response: null, failure: 'no answer' },
  request: { method: 'POST', url: 'https://idp.example', headers: {}, body: null },
};

describe('the recorder of exchanges', () => {
  it('lets the work go on that made the exchange when the log cannot take it, and says so', async () => {
    const { log, lines } = recordingLogger();
    const store = new SqliteEventStore({ path: ':memory:', log });
    await store[Symbol.asyncDispose]();

    await new ExchangeRecorder(store, log, new CallsUnderWayBook()).write(audience, null, [exchange]);

    expect(lines.length).toBe(1);
    expect(lines[0]).toContain('an exchange could not be recorded');
  });
});
