import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { SessionAnswer } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

describe('how the page begins', () => {
  let webRoot = '';
  let world: World;
  let browser: TestBrowser;
  let now = 0;
  beforeEach(async () => {
    webRoot = mkdtempSync(join(tmpdir(), 'web-'));
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><html lang="en"><app-root></app-root></html>');
    now = Date.parse('2026-11-22T10:00:00Z');
    world = await startWorld({ config: { webRoot }, parts: { now: () => now } });
    browser = new TestBrowser(world.bridge.origin);
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    rmSync(webRoot, { recursive: true });
  });

  async function firstAt(path: string): Promise<string | undefined> {
    const { text, headers } = await browser.get(path);
    expect(headers.get('vary')).toContain('Cookie');
    return /<html data-first="([\w-]+)"/.exec(text)?.[1];
  }

  for (const [path, first] of [
    ['/', 'sign-in'],
    ['/apps/x/chat', 'sign-in'],
    ['/setup', 'sign-in'],
    ['/nowhere', 'other'],
  ] as const) {
    it(`is ${first} at ${path} for who is not signed in`, async () => {
      expect(await firstAt(path)).toBe(first);
    });
  }

  for (const [path, first] of [
    ['/', 'other'],
    ['/apps', 'apps'],
    ['/apps/x/chat', 'other'],
    ['/sign-in', 'other'],
  ] as const) {
    it(`is ${first} at ${path} for who is signed in`, async () => {
      await browser.signInToDemo();

      expect(await firstAt(path)).toBe(first);
    });
  }

  it('is sign-in when the browser still has the cookie of a session that has ended', async () => {
    await browser.signInToDemo();
    now += TWO_HOURS_MS;

    expect(browser.cookieHeader).not.toEqual({});
    expect(await firstAt('/apps')).toBe('sign-in');
  });

  it('does not count as a use of the session', async () => {
    await browser.signInToDemo();
    now += TWO_HOURS_MS - 1000;

    expect(await firstAt('/apps')).toBe('apps');
    now += 1000;
    expect(await firstAt('/apps')).toBe('sign-in');
  });
});

describe('a bridge that cannot read or write who is signed in', () => {
  let folder = '';
  let world: World;
  let browser: TestBrowser;
  let now = 0;
  const { log, lines } = recordingLogger('info');
  beforeEach(async () => {
    now = Date.parse('2026-11-22T10:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'unreadable-'));
    const webRoot = join(folder, 'web');
    mkdirSync(webRoot);
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><html lang="en"><app-root></app-root></html>');
    world = await startWorld({
      config: { webRoot, dataDir: folder },
      parts: { log, heartbeatMs: 20, now: () => now },
    });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const change = (sql: string): void => {
    using database = new DatabaseSync(join(folder, 'bridge.sqlite'));
    database.exec(sql);
  };

  const rows = (table: string): unknown => {
    using database = new DatabaseSync(join(folder, 'bridge.sqlite'));
    return database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'];
  };

  it('still serves its page, which is told the reason, and goes on when it can read again', async () => {
    change('ALTER TABLE sessions RENAME TO elsewhere');

    const page = await browser.get('/apps');
    const session = await browser.get('/api/session?peek');
    change('ALTER TABLE elsewhere RENAME TO sessions');

    expect(page.status).toBe(200);
    expect(page.text).toContain('data-first="sign-in"');
    expect([session.status, session.problem().code]).toEqual([503, 'store-unavailable']);
    expect(session.problem().detail).toContain('cannot read who is signed in');
    expect(lines.join('')).toContain('who asks for the page could not be read');
    expect((await browser.get('/apps')).text).toContain('data-first="apps"');
  });

  it('ends the streams, which come back with the reason, and lives on', async () => {
    using events = browser.events();
    await events.event('caught-up');

    change('ALTER TABLE sessions RENAME TO elsewhere');
    while (!(await browser.get('/metrics')).text.includes('streams_open 0\n'))
      await new Promise(setImmediate);

    expect((await browser.get('/api/events')).problem().code).toBe('store-unavailable');
    expect((await browser.get('/livez')).status).toBe(200);
  });

  it('signs out all the same, here and in the cloud, and forgets it when it can write again', async () => {
    change("CREATE TRIGGER full BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
    const cookie = browser.cookieHeader;

    const answer = await browser.post('/api/sign-out');

    const session = await browser.call('GET', '/api/session?peek', { headers: cookie });
    expect([answer.status, session.body]).toEqual([204, { user: null }]);
    expect(browser.cookieHeader).toEqual({});
    expect(world.wire.seen.some(({ url }) => url.includes('/logout'))).toBeTrue();
    change('DROP TRIGGER full');
    await browser.signInToDemo();
    expect(rows('sessions')).toBe(1);
  });

  it('signs nobody in whom it cannot write down, in the cloud either, and says why', async () => {
    change("CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'disk is full'); END");

    const answer = await new TestBrowser(world.bridge.origin).post('/api/sign-in/demo');

    expect([answer.status, answer.problem().code]).toEqual([503, 'store-unavailable']);
    expect(answer.problem().detail).toContain('cannot write down who signs in');
    expect(world.wire.seen.at(-1)?.url).toContain('/logout');
  });

  it('signs nobody out because a use cannot be written down', async () => {
    change("CREATE TRIGGER full BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
    now += TWO_HOURS_MS / 2;

    const { status, body } = await browser.get('/api/session');

    expect(status).toBe(200);
    expect((body as SessionAnswer).expiresInMs).toBe(TWO_HOURS_MS / 2);
    expect((await browser.get('/api/installations')).status).toBe(200);
  });
});
