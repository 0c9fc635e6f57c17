import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { StartError } from '../config/start-error.ts';
import { inTransaction, openDatabase, type Durability } from './database.ts';

const first = { name: 'first', sql: 'CREATE TABLE t (n INTEGER) STRICT' };
const second = { name: 'second', sql: 'ALTER TABLE t ADD COLUMN m INTEGER' };

describe('a database', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'db-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (): string => join(folder, 'x.sqlite');

  it('is brought to its newest form, each step once', () => {
    openDatabase(path(), [first]).close();
    const database = openDatabase(path(), [first, second]);

    database.exec('INSERT INTO t (n, m) VALUES (1, 2)');

    expect(database.prepare('SELECT count(*) AS n FROM migrations').get()).toEqual(
      jasmine.objectContaining({ n: 2 }),
    );
    database.close();
  });

  it('writes to the disk with each commit only when it is to survive a power cut', () => {
    const levelOf = (durability?: Durability): unknown => {
      const database = openDatabase(path(), [first], durability);
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
    openDatabase(path(), [first, second]).close();

    expect(() => openDatabase(path(), [first])).toThrowError(StartError, /newer version/);
  });

  it('that is no database stops the start with one line', () => {
    writeFileSync(path(), 'not a database, but long enough to look like one'.repeat(50));

    expect(() => openDatabase(path(), [first])).toThrowError(StartError, /cannot be opened/);
  });

  it('keeps nothing of a transaction that failed', () => {
    const database = openDatabase(':memory:', [first]);

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
