import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = import.meta.dirname;
const text = readFileSync(resolve(ROOT, 'docs/emulator.md'), 'utf8');
const rows = text.split('\n').filter((line) => line.startsWith('| '));

const specsNamedIn = (row: string): readonly string[] =>
  [...row.matchAll(/`([\w./*-]+\.spec\.ts)`/g)].map(([, name = '']) => name);

/** The words of what is set in italics. Names of specs are made of tables, so that only their words can be looked for. */
const wordsQuotedIn = (row: string): readonly string[] =>
  [...row.matchAll(/(?<=[\s|(])_([^|]+?)_(?=[\s,;|)])/g)].flatMap(
    ([, name = '']) => name.match(/\p{L}{4,}/gu) ?? [],
  );

describe('docs/emulator.md', () => {
  const all = globSync('**/*.spec.ts', { cwd: FOLDER });
  const sources = new Map(all.map((file) => [file, readFileSync(resolve(FOLDER, file), 'utf8')]));

  it('names specs that there are', () => {
    const missing = rows.flatMap(specsNamedIn).filter((name) => globSync(name, { cwd: FOLDER }).length === 0);

    expect(rows.flatMap(specsNamedIn).length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it('quotes their names in words that they have', () => {
    const wrong = rows.flatMap((row) => {
      const named = specsNamedIn(row).flatMap((name) => globSync(name, { cwd: FOLDER }));
      const files = named.length > 0 ? named : all;
      const told = files.map((file) => sources.get(file) ?? '').join(' ');
      return wordsQuotedIn(row).filter((word) => !told.includes(word));
    });

    expect(wrong).toEqual([]);
  });

  it('has a row for each line of the emulator’s checklist (App. B)', () => {
    const checklist = text.slice(text.indexOf('## The checklist'));
    for (let line = 1; line <= 15; line += 1) expect(checklist).toMatch(new RegExp(`^\\| ${line} +\\|`, 'm'));
  });
});
