import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';

import { TestBrowser } from '../testing/browser.ts';
import { startTestBridge } from '../testing/start-bridge.ts';
import { startWorld } from '../testing/start-world.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import type { Bridge } from './bridge.ts';

const DESCRIPTION = new URL('../../docs/openapi.json', import.meta.url);

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('the bridge over HTTP', () => {
  let bridge: Bridge;
  let browser: TestBrowser;
  beforeEach(async () => {
    bridge = await startTestBridge();
    browser = new TestBrowser(bridge.origin);
  });
  afterEach(() => bridge[Symbol.asyncDispose]());

  it('is healthy', async () => {
    expect((await browser.get('/health')).body).toEqual({ status: 'UP' });
  });

  it('tells about itself before anybody signs in', async () => {
    expect((await browser.get('/api/about')).body).toEqual({
      version: '0.0.0-test',
      directoryHost: 'directory.invalid',
      directoryHostQa: 'directory-qa.invalid',
      emulator: null,
      localWebhookUrl: bridge.webhookUrl,
    });
  });

  it('answers unknown routes of the API as a problem that names its request', async () => {
    const answer = await browser.get('/api/nothing/here');

    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.problem()).toEqual({
      code: 'not-found',
      status: 404,
      title: 'There is nothing here',
      detail: 'The API has no GET /api/nothing/here.',
      requestId: answer.headers.get('x-request-id') ?? 'none',
    });
  });

  const badBodies = [
    { what: 'malformed JSON', init: { body: '{"account":' }, status: 400, code: 'invalid-json' },
    {
      what: 'a body that is too large',
      init: { body: `"${'x'.repeat(300_000)}"` },
      status: 413,
      code: 'payload-too-large',
    },
    {
      what: 'another type than JSON',
      init: { body: 'account=demo', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      ...{ status: 415, code: 'unsupported-media-type' },
    },
    ...['gzip', 'br', 'deflate'].map((encoding) => ({
      what: `a body that is not in the encoding ${encoding} as it says`,
      init: { body: 'rubbish', headers: { 'content-encoding': encoding } },
      ...{ status: 415, code: 'unsupported-media-type' },
    })),
    {
      what: 'an unknown encoding',
      init: { body: '{}', headers: { 'content-encoding': 'zip' } },
      ...{ status: 415, code: 'unsupported-media-type' },
    },
    { what: 'no body', init: {}, status: 400, code: 'invalid-request' },
    { what: 'a list in place of an object', init: { body: [] }, status: 400, code: 'invalid-request' },
  ] as const;
  for (const { what, init, status, code } of badBodies) {
    it(`refuses ${what} with ${status}`, async () => {
      const answer = await browser.call('POST', '/api/sign-in', init);

      expect(answer.status).toBe(status);
      expect(answer.problem().code).toBe(code);
    });
  }

  it('refuses a path that is not well-formed', async () => {
    expect((await browser.get('/api/%E0%A4%A')).status).toBe(404);
    expect((await browser.get('/%E0%A4%A')).problem().code).toBe('invalid-request');
  });

  const sites: readonly (readonly [Record<string, string>, boolean])[] = [
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
  ];
  for (const [headers, isTaken] of sites) {
    it(`${isTaken ? 'takes' : 'refuses'} a change with ${JSON.stringify(headers)}`, async () => {
      const answer = await browser.call('POST', '/api/sign-out', { headers });

      expect(answer.status).toBe(isTaken ? 204 : 403);
      if (!isTaken) expect(answer.problem().code).toBe('cross-site');
    });
  }

  it('refuses whatever another site could change, by whatever method', async () => {
    const { paths } = JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as Description;
    const changes = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/'))
      .flatMap(([path, operations]) => Object.keys(operations).map((method) => ({ method, path })))
      .filter(({ method }) => ['post', 'put', 'patch', 'delete'].includes(method));
    expect(new Set(changes.map(({ method }) => method)).size).toBeGreaterThan(2);

    for (const { method, path } of changes) {
      const headers = { 'sec-fetch-site': 'cross-site' };
      const answer = await browser.call(method.toUpperCase(), path.replaceAll(/[{}]/g, ''), { headers });
      expect(answer.problem().code).withContext(`${method} ${path}`).toBe('cross-site');
    }
  });

  it('lets no other site’s page read, not even one of this machine; a link that somebody follows opens', async () => {
    const site = { 'sec-fetch-site': 'same-site' };
    // `fetch` has a mode of its own.
    const statusOf = async (headers: Record<string, string>): Promise<number | undefined> => {
      const [answer] = (await once(get(`${bridge.origin}/api/about`, { headers }), 'response')) as [
        IncomingMessage,
      ];
      return answer.resume().statusCode;
    };

    expect(await statusOf({ ...site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBe(403);
    expect(await statusOf({ ...site, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })).toBe(403);
    expect(await statusOf({ ...site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(await statusOf({ ...site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(200);
    expect(await statusOf({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(200);
  });

  it('takes a change from its own origin, and refuses one from another port', async () => {
    const own = await browser.call('POST', '/api/sign-out', { headers: { origin: bridge.origin } });
    const other = await browser.call('POST', '/api/sign-out', { headers: { origin: 'http://127.0.0.1:1' } });

    expect([own.status, other.status]).toEqual([204, 403]);
  });

  it('allows no other site to read or frame it, and no inline code', async () => {
    const answer = await browser.call('GET', '/api/about', { headers: { origin: 'https://evil.example' } });

    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = String(answer.headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script';trusted-types angular default");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).not.toMatch(/style-src(-elem)? [^;]*unsafe/);
  });
});

describe('a defect', () => {
  it('is answered without its details and told to the log', async () => {
    const { log, lines } = recordingLogger();
    const about = (): never => {
      throw new Error('the details of the defect');
    };
    await using bridge = await startTestBridge({ log, demo: about });

    const answer = await new TestBrowser(bridge.origin).get('/api/about');

    expect(answer.status).toBe(500);
    expect(answer.problem().code).toBe('internal');
    expect(answer.text).not.toContain('details of the defect');
    const line = lines.find((candidate) => candidate.includes('details of the defect'));
    expect(JSON.parse(line ?? '{}')).toEqual(
      jasmine.objectContaining({ level: 'error', requestId: answer.problem().requestId }),
    );
  });
});

describe('a port in use', () => {
  it('is told in words', async () => {
    await using world = await startWorld();
    const port = Number(new URL(world.bridge.origin).port);

    await expectAsync(startTestBridge({}, { port })).toBeRejectedWithError(/port \d+ on 127.0.0.1 is in use/);
  });
});
