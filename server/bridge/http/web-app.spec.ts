import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';

import { startTestBridge } from '../../testing/start-bridge.ts';
import type { Bridge } from '../bridge.ts';

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** As it travels: nothing unpacked, no path tidied up. */
function get(bridge: Bridge, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(bridge.origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const PAGE = '<!doctype html><html lang="en"><style>a{}</style><body><app-root></app-root></body></html>';

describe('the web app', () => {
  const script = 'document.title = "hello";'.repeat(20);
  let folder = '';
  let bridge: Bridge;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'web-'));
    const webRoot = join(folder, 'web');
    mkdirSync(join(webRoot, 'media'), { recursive: true });
    writeFileSync(join(folder, 'outside.txt'), 'secret');
    writeFileSync(join(webRoot, 'index.html'), PAGE);
    writeFileSync(join(webRoot, 'main-aB_d3FgH.js'), script);
    writeFileSync(join(webRoot, 'main-aB_d3FgH.js.br'), brotliCompressSync(script));
    writeFileSync(join(webRoot, 'main-aB_d3FgH.js.gz'), gzipSync(script));
    writeFileSync(join(webRoot, 'favicon.ico'), 'icon');
    writeFileSync(join(webRoot, 'icon-maskable.png'), 'icon');
    writeFileSync(join(webRoot, '.built-from'), 'hidden');
    writeFileSync(join(webRoot, 'media', 'font-ABCDEFGH.woff2'), 'font');
    bridge = await startTestBridge({}, { webRoot });
  });
  afterEach(async () => {
    await bridge[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  for (const path of ['/', '/index.html', '/apps', '/apps/x/conversation/y?tab=webhooks']) {
    it(`is what ${path} shows, never kept`, async () => {
      const answer = await get(bridge, path);

      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.body.toString()).toContain('<app-root');
    });
  }

  it('gets a nonce for its styles that is in the policy of the same answer and in no other', async () => {
    const [one, two] = [await get(bridge, '/'), await get(bridge, '/')];

    const nonceOf = (answer: RawAnswer) => /ngCspNonce="([^"]+)"/.exec(answer.body.toString())?.[1] ?? 'none';
    expect(String(one.headers['content-security-policy'])).toContain(`'nonce-${nonceOf(one)}'`);
    expect(nonceOf(one)).not.toBe(nonceOf(two));
  });

  it('marks the styles that stand in it with the same nonce', async () => {
    const body = (await get(bridge, '/')).body.toString();

    const nonce = /ngCspNonce="([^"]+)"/.exec(body)?.[1] ?? 'none';
    expect(body).toContain(`<style nonce="${nonce}">`);
  });

  it('comes compressed to those who take it', async () => {
    const answer = await get(bridge, '/', { 'accept-encoding': 'gzip, br' });

    expect(answer.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(answer.body).toString()).toContain('<app-root');
  });

  it('keeps files with a hash in their name for ever, asks again for others', async () => {
    const hashed = await get(bridge, '/main-aB_d3FgH.js');
    const nested = await get(bridge, '/media/font-ABCDEFGH.woff2');
    const plain = await get(bridge, '/icon-maskable.png');

    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(nested.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['cache-control']).toBe('no-cache');
    expect(hashed.body.toString()).toBe(script);
    expect(hashed.headers['content-type']).toContain('text/javascript');
  });

  it('sends what was compressed at build time to those who take it', async () => {
    const br = await get(bridge, '/main-aB_d3FgH.js', { 'accept-encoding': 'gzip, br' });
    const gzip = await get(bridge, '/main-aB_d3FgH.js', { 'accept-encoding': 'gzip' });
    const none = await get(bridge, '/favicon.ico', { 'accept-encoding': 'gzip, br' });

    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body).toString()).toBe(script);
    expect(br.headers['content-type']).toContain('text/javascript');
    expect(br.headers['vary']).toContain('Accept-Encoding');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(none.headers['content-encoding']).toBeUndefined();
  });

  it('hides what is hidden', async () => {
    expect((await get(bridge, '/.built-from')).body.toString()).not.toContain('hidden');
  });

  it('has no page in place of a missing file', async () => {
    expect((await get(bridge, '/main-OLDOLDOL.js')).status).toBe(404);
  });

  for (const path of [
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/media/..%2f..%2foutside.txt',
    '/%00',
  ]) {
    it(`does not leave its folder by ${path}`, async () => {
      expect((await get(bridge, path)).body.toString()).not.toContain('secret');
    });
  }
});

describe('a web app that is not built', () => {
  it('says what to do', async () => {
    await using bridge = await startTestBridge();

    const answer = await get(bridge, '/');

    expect(answer.status).toBe(503);
    expect(answer.body.toString()).toContain('npm run build');
  });
});
