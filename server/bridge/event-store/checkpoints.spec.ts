import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { Checkpoints } from './checkpoints.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';

const MEGABYTE = 1024 * 1024;
/** Where SQLite would make a checkpoint by itself. */
const SELF_MADE_BYTES = 16_000 * 4096;
const audience = { account: asAccountId('demo'), owner: asUserId('kim') };

describe('checkpoints of the log', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'events-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (): string => join(folder, 'events.sqlite');

  it('bring it into its file while it goes on, and the write-ahead log begins anew', async () => {
    const { log, lines } = recordingLogger();
    const text = 'x'.repeat(100_000);
    const sizeOf = (part = ''): number => statSync(path() + part).size;
    let stored = 0;
    {
      await using store = new SqliteEventStore({ path: path(), log });
      const write = async (addition = text): Promise<void> => {
        await store.append([buildEntry({ name: `${stored}${addition}` })]);
        stored += 1;
      };
      while (stored < 180) await write();
      while (sizeOf() < 12 * MEGABYTE) await nextTurn();
      // How long the thread takes is the machine's: the least is written until the write-ahead log has begun anew.
      let before = 0;
      while (before < sizeOf('-wal')) {
        before = sizeOf('-wal');
        for (let turn = 0; turn < 100; turn += 1) await nextTurn();
        await write('');
      }
      const full = sizeOf('-wal');
      for (const end = stored + 100; stored < end;) await write();

      expect(sizeOf('-wal')).toBe(full);
      expect(full).toBeLessThan(SELF_MADE_BYTES);
      expect((await store.readAfter(audience, 0, stored + 1)).length).toBe(stored);
    }

    using database = new DatabaseSync(path());
    expect(database.prepare('SELECT count(*) AS n FROM entries').get()?.['n']).toBe(stored);
    expect(database.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
    expect(lines).toEqual([]);
  });

  it('are left to SQLite, with a word in the log, when the thread cannot open the file', async () => {
    const { log, lines } = recordingLogger();
    using database = new DatabaseSync(path());
    await using checkpoints = new Checkpoints(database, join(folder, 'absent', 'events.sqlite'), log);

    checkpoints.committed(16 * MEGABYTE);
    while (lines.length === 0) await nextTurn();
    checkpoints.committed(16 * MEGABYTE);

    expect(lines.filter((line) => line.includes('without a thread')).length).toBe(1);
  });
});
