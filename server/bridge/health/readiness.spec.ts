import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { notification, textChange } from '../../testing/notifications.ts';
import { postWebhook } from '../../testing/post-webhook.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWorld } from '../../testing/start-world.ts';
import { DEFAULT_RETENTION } from '../event-store/sqlite-retention.ts';
import { Readiness } from './readiness.ts';

describe('the bridge, asked how it is', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'ready-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is alive and ready', async () => {
    await using bridge = await startTestBridge();
    const browser = new TestBrowser(bridge.origin);

    expect((await browser.get('/livez')).body).toEqual({ status: 'alive' });
    const ready = await browser.get('/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ status: 'ready' });
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  for (const file of ['events.sqlite', 'bridge.sqlite']) {
    it(`is alive but not ready while nothing can be written to ${file}, and ready again afterwards`, async () => {
      let now = 1_000_000;
      await using bridge = await startTestBridge({ now: () => now }, { dataDir });
      const browser = new TestBrowser(bridge.origin);
      using database = new DatabaseSync(join(dataDir, file));
      const setTrap = (): void =>
        database.exec(`CREATE TRIGGER full BEFORE INSERT ON write_trial
          BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);

      setTrap();
      const during = await browser.get('/readyz');
      const alive = await browser.get('/livez');
      database.exec('DROP TRIGGER full');
      now += 1_000;
      const after = await browser.get('/readyz');

      expect([during.status, during.body]).toEqual([503, { status: 'store-unavailable' }]);
      expect([alive.status, after.status]).toEqual([200, 200]);
    });
  }
});

describe('the bridge whose log has reached its size', () => {
  it('is not ready while it refuses webhooks, and is again when what it keeps is too old', async () => {
    let now = 1_000_000_000_000;
    const retention = { ...DEFAULT_RETENTION, maxAgeMs: 60_000, maxFileBytes: 600_000 };
    await using world = await startWorld({ parts: { now: () => now }, config: { retention } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    const { body } = await browser.post(`/api/installations/${app.id}/secret`);
    const secret = String((body as InstallationSecret).clientSecret);
    const post = async (sequence: number, text: string): Promise<number> => {
      const body = notification([textChange({ sequence, text })]);
      return (await postWebhook(world.bridge.origin, { body, appKey: app.client_id, secret })).status;
    };
    let taken = 0;
    while ((await post(taken, 'x'.repeat(30_000))) === 200) taken += 1;

    const during = await browser.get('/readyz');
    now += 61_000;
    const after = await browser.get('/readyz');

    expect(taken).toBeGreaterThan(3);
    expect([during.status, during.body]).toEqual([503, { status: 'store-unavailable' }]);
    expect(after.status).toBe(200);
    expect(await post(taken, 'again')).toBe(200);
  });
});

describe('readiness', () => {
  it('ends when the bridge stops', async () => {
    const shutdown = new AbortController();
    const readiness = new Readiness({ tryWriting: [], shutdown: shutdown.signal, now: Date.now });

    expect(await readiness.state()).toBe('ready');
    shutdown.abort();
    expect(await readiness.state()).toBe('draining');
  });

  it('tries the stores once a second, however often it is asked', async () => {
    let tries = 0;
    let now = 0;
    const readiness = new Readiness({
      tryWriting: [() => (tries += 1)],
      shutdown: new AbortController().signal,
      now: () => now,
    });

    await Promise.all([readiness.state(), readiness.state()]);
    now = 999;
    await readiness.state();
    expect(tries).toBe(1);
    now = 1_000;
    await readiness.state();
    expect(tries).toBe(2);
  });
});
