import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './web-build.ts';

for (const [name, least] of [
  ['docs/parity.md', { specs: 50, quotes: 10 }],
  ['docs/bridge-proofs.md', { specs: 50, quotes: 80 }],
] as const) {
  proves(name, least);
}

function proves(file: string, least: { readonly specs: number; readonly quotes: number }): void {
  describe(file, () => {
    const text = readFileSync(join(ROOT, file), 'utf8');

    it('names only specs that are there', () => {
      const specs = globSync(['{web,server,scripts}/**/*.{spec,e2e,walk,contract}.ts'], { cwd: ROOT });
      const there = new Set(specs.map((path) => basename(path, '.ts')));
      const named = [...text.matchAll(/`([\w.-]+\.(?:spec|e2e|walk|contract))`/g)].map(
        ([, name = '']) => name,
      );

      expect(named.length).toBeGreaterThan(least.specs);
      expect(named.filter((name) => !there.has(name))).toEqual([]);
    });

    it('quotes only words of the specs that it names beside them', () => {
      const paths = globSync(['{web,server,scripts}/**/*.{spec,e2e,walk,contract}.ts'], { cwd: ROOT });
      const textOf = (name: string): string =>
        paths
          .filter((path) => basename(path, '.ts') === name)
          .map((path) => readFileSync(join(ROOT, path), 'utf8'))
          .join('\n');
      const quotes = text
        .split(/^## /m)
        .slice(1)
        .join('\n')
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .flatMap((line) => {
          const specs = [...line.matchAll(/`([\w.-]+\.(?:spec|e2e|walk|contract))`/g)].map(([, name = '']) =>
            textOf(name),
          );
          return [...line.matchAll(/"([^"]+)"/g)].map(([, words = '']) => ({ words, specs }));
        });

      expect(quotes.length).toBeGreaterThan(least.quotes);
      expect(quotes.filter(({ words, specs }) => !specs.some((spec) => spec.includes(words)))).toEqual([]);
    });

    it('proves no row twice in one part: other parts may add to it', () => {
      for (const part of text.split(/^## /m)) {
        const rows = [...part.matchAll(/^\| ([A-Z]{2,4}-[^|]+?) *\|/gm)].flatMap(([, cell = '']) =>
          cell.split(/, */),
        );
        const names = rows.filter((row) => /^[A-Z]{2,4}-\d+$/.test(row));

        expect(names.filter((row, index) => names.indexOf(row) !== index)).toEqual([]);
      }
    });
  });
}
