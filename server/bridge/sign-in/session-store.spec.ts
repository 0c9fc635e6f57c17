import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { partsFor, startWorld } from '../../testing/start-world.ts';

describe('a bridge that starts again', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'restart-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('still knows who is signed in, and keeps no credential readable on disk', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const login = world.wire.seen.find(({ url }) => url.includes('/login'));
    await browser.get('/api/installations');
    const bearer = String(
      world.wire.seen.find(({ url }) => url.includes('/installations'))?.headers.authorization,
    );
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge(partsFor(world.wire.origin), { dataDir });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/messaging', {
      headers: browser.cookieHeader,
    });

    expect(answer.status).toBe(200);
    const disk = readFileSync(join(dataDir, 'bridge.sqlite')).toString('latin1');
    expect(login?.body).toContain('demo-admin');
    expect(bearer).toMatch(/^Bearer \w+/);
    expect(disk).not.toContain('demo-admin');
    expect(disk).not.toContain(bearer.slice('Bearer '.length));
    expect(disk).not.toContain(String(browser.cookieHeader['cookie']).slice('bridge_session='.length));
  });

  it('with another secret knows nobody', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge(partsFor(world.wire.origin), {
      dataDir,
      sessionSecret: 'z'.repeat(40),
    });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/session', {
      headers: browser.cookieHeader,
    });

    expect(answer.body).toEqual({ user: null });
  });

  it('without its emulator takes a demo session for none', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge({}, { dataDir });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/session', {
      headers: browser.cookieHeader,
    });

    expect(answer.body).toEqual({ user: null });
  });
});
