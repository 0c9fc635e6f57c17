import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { recordingLogger } from '../../testing/recording-logger.ts';
import { StartError } from '../config/start-error.ts';
import { createLogger } from '../logging/loggers.ts';
import { inTransaction, openDatabase, type Durability } from './database.ts';

const log = createLogger({ level: 'silent' });
const first = { name: 'first', sql: 'CREATE TABLE t (n INTEGER) STRICT' };
const second = { name: 'second', sql: 'ALTER TABLE t ADD COLUMN m INTEGER' };

describe('a database', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'db-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (name = 'x'): string => join(folder, `${name}.sqlite`);
  const countOf = (database: DatabaseSync): unknown =>
    database.prepare('SELECT count(*) AS n FROM t').get()?.['n'];

  it('is brought to its newest form, each step once', () => {
    openDatabase(path(), [first], { log }).close();
    const database = openDatabase(path(), [first, second], { log });

    database.exec('INSERT INTO t (n, m) VALUES (1, 2)');

    expect(database.prepare('SELECT count(*) AS n FROM migrations').get()).toEqual(
      jasmine.objectContaining({ n: 2 }),
    );
    database.close();
  });

  it('writes to the disk with each commit only when it is to survive a power cut', () => {
    const levelOf = (durability?: Durability): unknown => {
      const database = openDatabase(path(), [first], { log, durability });
      const level = database.prepare('PRAGMA synchronous').get()?.['synchronous'];
      database.close();
      return level;
    };

    // SQLite's numbers: 1 is NORMAL, 2 is FULL.
    expect(levelOf()).toBe(1);
    expect(levelOf('process')).toBe(1);
    expect(levelOf('power')).toBe(2);
  });

  it('of a newer version is left alone', () => {
    openDatabase(path(), [first, second], { log }).close();

    expect(() => openDatabase(path(), [first], { log })).toThrowError(StartError, /newer version/);
  });

  it('that is no database is kept under another name, with a word in the log, and a new one is made', () => {
    const content = 'not a database, but long enough to look like one'.repeat(50);
    writeFileSync(path(), content);
    const { log: told, lines } = recordingLogger();

    const database = openDatabase(path(), [first], { log: told });

    database.exec('INSERT INTO t (n) VALUES (1)');
    database.close();
    const kept = readdirSync(folder).find((name) => name.startsWith('x.sqlite.damaged-')) ?? '';
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(content);
    expect(lines.length).toBe(1);
    expect(lines[0]).toContain('a database was damaged');
    expect(lines[0]).toContain(kept);
  });

  it('with a page that was overwritten is kept under another name too', () => {
    const full = openDatabase(path(), [first], { log });
    for (let n = 0; n < 3_000; n += 1) full.exec(`INSERT INTO t (n) VALUES (${n})`);
    full.exec('PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO t (n) VALUES (1)');
    for (const part of ['', '-wal']) copyFileSync(path() + part, path('torn') + part);
    full.close();
    const bytes = readFileSync(path('torn'));
    writeFileSync(path('torn'), bytes.fill(0xab, 3 * 4096, 6 * 4096));

    const database = openDatabase(path('torn'), [first], { log });

    expect(countOf(database)).toBe(0);
    database.close();
    expect(readdirSync(folder).some((name) => name.startsWith('torn.sqlite.damaged-'))).toBeTrue();
  });

  it('whose last commits were torn off by a crash has all that was committed before', () => {
    const before = openDatabase(path(), [first], { log });
    for (let n = 0; n < 100; n += 1) before.exec(`INSERT INTO t (n) VALUES (${n})`);
    for (const part of ['', '-wal']) copyFileSync(path() + part, path('crashed') + part);
    before.close();
    const { size } = statSync(`${path('crashed')}-wal`);
    truncateSync(`${path('crashed')}-wal`, size - 5_000);

    const after = openDatabase(path('crashed'), [first], { log });

    const rows = after.prepare('SELECT n FROM t ORDER BY n').all();
    after.close();
    expect(rows.length).toBe(98);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 98 }, (_, n) => n));
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBeFalse();
  });

  it('that is damaged and cannot be put aside stops the start with one line, and stays as it is', () => {
    const now = new Date(2026, 10, 22);
    const content = 'not a database, but long enough to look like one'.repeat(50);
    writeFileSync(path(), content);
    // Where it would be put lies something else.
    mkdirSync(`${path()}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
    jasmine.clock().install().mockDate(now);

    expect(() => openDatabase(path(), [first], { log })).toThrowError(StartError, /cannot be opened/);

    jasmine.clock().uninstall();
    expect(readFileSync(path(), 'utf8')).toBe(content);
  });

  it('in a folder that is not there stops the start with one line', () => {
    expect(() => openDatabase(join(folder, 'absent', 'x.sqlite'), [first], { log })).toThrowError(
      StartError,
      /cannot be opened/,
    );
  });

  it('keeps nothing of a transaction that failed', () => {
    const database = openDatabase(':memory:', [first], { log });

    expect(() =>
      inTransaction(database, () => {
        database.exec('INSERT INTO t VALUES (1)');
        throw new Error('no');
      }),
    ).toThrowError('no');

    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual(jasmine.objectContaining({ n: 0 }));
    database.close();
  });
});
