import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { precompress } from './precompress.ts';
import { isWebBuilt, sourcesChecksum, stampWebBuild } from './web-build.ts';

describe('the built web app', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'web-build-'));
    write('web/app/app.ts', 'export const a = 1;');
    write('dist/web/index.html', '<!doctype html>');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  it('has to be built when nobody noted what it was made of', () => {
    expect(isWebBuilt(root)).toBe(false);
  });

  it('is up to date while its sources are as they were', () => {
    stampWebBuild(sourcesChecksum(root), root);
    expect(isWebBuilt(root)).toBe(true);
  });

  for (const path of ['web/app/app.ts', 'web/app/new.html', 'server/protocol/problem.ts', 'angular.json']) {
    it(`has to be built again when ${path} changed`, () => {
      stampWebBuild(sourcesChecksum(root), root);
      write(path, 'changed');
      expect(isWebBuilt(root)).toBe(false);
    });
  }

  for (const path of [
    'web/app/app.spec.ts',
    'web/app/testing/builders.ts',
    'web/e2e/world.ts',
    'server/bridge/bridge.ts',
  ]) {
    it(`is not concerned by ${path}`, () => {
      stampWebBuild(sourcesChecksum(root), root);
      write(path, 'changed');
      expect(isWebBuilt(root)).toBe(true);
    });
  }

  it('has to be built again when its output is gone', () => {
    stampWebBuild(sourcesChecksum(root), root);
    rmSync(join(root, 'dist/web/index.html'));
    expect(isWebBuilt(root)).toBe(false);
  });

  it('has compressed copies beside its text files, and none beside fonts and small files', () => {
    const script = 'console.log("again and again");'.repeat(200);
    write('dist/web/main.js', script);
    write('dist/web/media/inter.woff2', 'x'.repeat(5000));

    const sizes = precompress(join(root, 'dist/web'));

    expect(sizes.files).toBe(1);
    expect(readdirSync(join(root, 'dist/web')).sort()).toEqual([
      'index.html',
      'main.js',
      'main.js.br',
      'main.js.gz',
      'media',
    ]);
    expect(gunzipSync(readFileSync(join(root, 'dist/web/main.js.gz'))).toString()).toBe(script);
    expect(brotliDecompressSync(readFileSync(join(root, 'dist/web/main.js.br'))).toString()).toBe(script);
  });
});
