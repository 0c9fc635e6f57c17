import { TestBed } from '@angular/core/testing';

import { LogWriter } from '../testing/log-entries';
import { EventLog } from './event-log';
import type { SourceReader } from './log-source';
import { OPEN_LOG_SOURCE } from './open-log-source';

/** What another tab passes on may be older than the loss of the network, which each tab learns by itself. */
describe('EventLog without a network', () => {
  const NOW = Date.UTC(2026, 0, 15);

  function openLog() {
    const readers: SourceReader[] = [];
    const openSource = (_audience: string, reader: SourceReader) => {
      readers.push(reader);
      return { retry: () => undefined, tellSignedOut: () => undefined, close: () => undefined };
    };
    TestBed.configureTestingModule({ providers: [{ provide: OPEN_LOG_SOURCE, useValue: openSource }] });
    const log = TestBed.inject(EventLog);
    log.open('demo/kim');
    const reader = (): SourceReader => {
      const last = readers.at(-1);
      if (last === undefined) throw new Error('No source was opened');
      return last;
    };
    return { log, reader };
  }

  beforeEach(() => jasmine.clock().install().mockDate(new Date(NOW)));
  afterEach(() => jasmine.clock().uninstall());

  it('is not live by what the leading tab heard before the loss, but keeps its entries', async () => {
    const { log, reader } = openLog();
    window.dispatchEvent(new Event('offline'));

    reader().replayed(new LogWriter().opened().entries, NOW - 1);
    reader().opened(NOW - 1);
    reader().received({ name: 'caught-up', data: '{"sequence":1}', at: NOW - 1 });
    await Promise.resolve();

    expect(log.connection().kind).toBe('offline');
    expect(log.cursor()).toBe(1);
    expect(log.heardAt()).toBeNull();
  });

  it('is live by what the leading tab hears afterwards', () => {
    const { log, reader } = openLog();
    window.dispatchEvent(new Event('offline'));

    reader().received({ name: 'heartbeat', data: '{"at":1,"sequence":0,"isStoring":true}', at: NOW + 1 });

    expect(log.connection().kind).toBe('live');
  });
});
