import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { isOfDisk } from './sqlite-failure.ts';

describe('a failure of SQLite', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'failure-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function failureOf(work: () => void): unknown {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('nothing failed');
  }

  it('is of the disk when it has no room, lets nothing be written, or has no such folder', () => {
    const path = join(folder, 'one.sqlite');
    using full = new DatabaseSync(path);
    full.exec('PRAGMA max_page_count = 4; CREATE TABLE texts (text TEXT)');
    using readOnly = new DatabaseSync(path, { readOnly: true });
    const insert = 'INSERT INTO texts VALUES (zeroblob(100000))';

    expect(isOfDisk(failureOf(() => full.exec(insert)))).toBeTrue();
    expect(isOfDisk(failureOf(() => readOnly.exec(insert)))).toBeTrue();
    expect(isOfDisk(failureOf(() => new DatabaseSync(join(folder, 'nowhere/one.sqlite'))))).toBeTrue();
  });

  it('is a defect when it is about what was asked for', () => {
    using database = new DatabaseSync(':memory:');

    expect(isOfDisk(failureOf(() => database.exec('SELECT * FROM nowhere')))).toBeFalse();
    expect(isOfDisk(new Error('disk'))).toBeFalse();
  });
});
