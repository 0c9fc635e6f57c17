import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { STREAM_EVENTS, type Heartbeat } from '#protocol/bridge-events';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld } from '../../testing/start-world.ts';

/** Where entries go, and where writing is tried. */
const TABLES = ['entries', 'write_trial'] as const;

describe('a bridge that cannot store what happens', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'storing-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('says so on the open stream, and that it can again, though nothing happens', async () => {
    await using world = await startWorld({ parts: { heartbeatMs: 20 }, config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using events = browser.events();
    const untilStoring = (expected: boolean) =>
      events.until(({ received }) => {
        const newest = received.findLast(({ name }) => name === STREAM_EVENTS.heartbeat);
        return newest !== undefined && (newest.data as Heartbeat).isStoring === expected;
      });
    using database = new DatabaseSync(join(dataDir, 'events.sqlite'));

    for (const table of TABLES) {
      database.exec(`CREATE TRIGGER full_${table} BEFORE INSERT ON ${table}
        BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    }
    await browser.installations();
    await untilStoring(false);
    for (const table of TABLES) database.exec(`DROP TRIGGER full_${table}`);
    await untilStoring(true);

    expect(events.received.filter(({ name }) => name === STREAM_EVENTS.reset)).toEqual([]);
  });
});
