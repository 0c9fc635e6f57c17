import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TestBrowser } from '../../testing/browser.ts';
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
    ['/', 'apps'],
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
