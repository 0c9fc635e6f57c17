import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeStart } from './merge-start.ts';

describe('the scripts of the start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    write('index.html', '<script src="main-AAAAAAAA.js" type="module"></script>');
    write('theme.js', 'document.title="theme";');
    write(
      'main-AAAAAAAA.js',
      'import{a}from"./chunk-BBBBBBBB.js";import{c}from"./chunk-CCCCCCCC.js";console.log(a,c,()=>import("./page-DDDDDDDD.js"));',
    );
    write('chunk-BBBBBBBB.js', 'const a="shared with a page";export{a};');
    write('chunk-CCCCCCCC.js', 'const c="of the start only";export{c};');
    write('page-DDDDDDDD.js', 'import{a}from"./chunk-BBBBBBBB.js";console.log(a,"of the page");');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const scripts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.js'));
  const read = (start: string): string => {
    const name = scripts().find((each) => each.startsWith(start)) ?? 'missing';
    return readFileSync(join(folder, name), 'utf8');
  };

  it('are one file beside main; a page stays a file of its own', async () => {
    await mergeStart(folder);

    expect(scripts().map((name) => name.replace(/-.*/, ''))).toEqual(['main', 'page', 'start', 'theme.js']);
    expect(read('start')).toContain('shared with a page');
    expect(read('start')).not.toContain('of the page');
    expect(read('page')).toContain('of the page');
  });

  it('are named by what they hold, so that a browser may keep them', async () => {
    await mergeStart(folder);

    for (const name of scripts().filter((each) => each !== 'theme.js'))
      expect(name).toMatch(/^\w+-[\w-]{8}\.js$/);
    const main = scripts().find((name) => name.startsWith('main-')) ?? 'missing';
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain(`src="${main}"`);
  });
});
