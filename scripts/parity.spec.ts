import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './web-build.ts';

describe('docs/parity.md', () => {
  const text = readFileSync(join(ROOT, 'docs/parity.md'), 'utf8');

  it('names only specs that are there', () => {
    const specs = globSync(['{web,server,scripts}/**/*.{spec,e2e,contract}.ts'], { cwd: ROOT });
    const there = new Set(specs.map((path) => basename(path, '.ts')));
    const named = [...text.matchAll(/`([\w.-]+\.(?:spec|e2e|contract))`/g)].map(([, name = '']) => name);

    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !there.has(name))).toEqual([]);
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
