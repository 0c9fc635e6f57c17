import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finishPage } from './finish-page.ts';
import { ROOT } from './web-build.ts';

describe('the built page', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    const page =
      '<html><head><link rel="stylesheet" href="styles-ABC.css"></head><body>' +
      '<link rel="modulepreload" href="chunk-A.js"><script src="main-M.js" type="module"></script></body></html>';
    write('index.html', page);
    write('styles-ABC.css', 'a{color:red;content:"$&"}');
    write(
      'main-M.js',
      'import{a}from"./chunk-A.js";import"./chunk-B.js";const later=()=>import("./chunk-C.js");',
    );
    write('chunk-A.js', 'export{b as a}from"./chunk-D.js"');
    for (const name of ['B', 'C', 'D']) write(`chunk-${name}.js`, 'export const b=1;');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const finished = (): string => {
    finishPage(folder);
    return readFileSync(join(folder, 'index.html'), 'utf8');
  };

  it('carries its styles, exactly as they were built', () => {
    expect(finished()).toContain('<style>a{color:red;content:"$&"}</style>');
    expect(existsSync(join(folder, 'styles-ABC.css'))).toBe(false);
  });

  it('asks at once for every script that the start needs, and for none that comes later', () => {
    const asked = [...finished().matchAll(/modulepreload" href="([^"]+)" fetchpriority="low"/g)];

    expect(asked.map(([, file]) => file)).toEqual(['chunk-A.js', 'chunk-D.js', 'chunk-B.js']);
  });

  it('starts with one script, whatever has to run before the app', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    write(
      'index.html',
      page.replace('<script', '<script src="polyfills-P.js" type="module"></script><script'),
    );
    write('polyfills-P.js', 'globalThis.language="en";');

    expect(finished().match(/<script src="[^"]+"/g)).toEqual(['<script src="main-M.js"']);
    expect(readFileSync(join(folder, 'main-M.js'), 'utf8')).toMatch(/^globalThis.language="en";\nimport/);
    expect(existsSync(join(folder, 'polyfills-P.js'))).toBe(false);
  });

  it('is refused when it is not what the build writes', () => {
    write('index.html', '<html></html>');

    expect(() => finishPage(folder)).toThrowError(/style sheet/);
  });
});

describe('what the page shows before the app does', () => {
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8').replaceAll(/\s+/g, ' ');

  for (const [block, page] of [
    ['boot-sign-in', 'web/app/login/login-page.html'],
    ['boot-apps', 'web/app/app-installs/app-list-page.html'],
  ] as const) {
    it(`is how ${page} begins, word for word`, () => {
      const from = read('web/index.html').split(`class="${block}`)[1] ?? '';
      const words = [/<h1>.*?<\/h1>/, /<p>.*?<\/p>/].map((part) => part.exec(from)?.[0] ?? 'missing');

      for (const each of words) expect(read(page).replaceAll(' i18n', '')).toContain(each);
    });
  }
});
