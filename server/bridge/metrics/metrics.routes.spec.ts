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

describe('the metrics', () => {
  it('tell of webhooks, verdicts, duplicates, streams and calls to the cloud, and of no secret', async () => {
    await using world = await startWorld();
    const browser = new TestBrowser(world.bridge.origin);
    const metrics = async (): Promise<string> => (await browser.get('/metrics')).text;
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    const answer = await browser.post(`/api/installations/${app.id}/secret`);
    const secret = String((answer.body as InstallationSecret).clientSecret);
    const webhook = { appKey: app.client_id, body: notification([textChange()]) };

    await postWebhook(world.bridge.origin, { ...webhook, secret });
    await postWebhook(world.bridge.origin, { ...webhook, secret });
    await postWebhook(world.bridge.origin, { ...webhook, secret: 'wrong' });
    {
      using events = browser.events();
      await events.event('caught-up');
      expect(await metrics()).toContain('connector_bridge_streams_open 1');
    }
    {
      using events = browser.events('?after=1');
      await events.event('reset');
    }

    const text = await metrics();
    for (const line of [
      'connector_bridge_webhook_answer_seconds_count 3',
      'connector_bridge_webhooks_total{status="200"} 2',
      'connector_bridge_webhooks_total{status="401"} 1',
      'connector_bridge_signature_verdicts_total{verdict="valid"} 2',
      'connector_bridge_signature_verdicts_total{verdict="body-differs"} 1',
      'connector_bridge_duplicates_total 1',
      'connector_bridge_log_entries_total{kind="notification"} 1',
      'connector_bridge_log_entries_total{kind="notification-refused"} 1',
      'connector_bridge_stream_notices_total{notice="reset"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(/stream_entries_total\{phase="replay"\} \d+\n/);
    expect(text).toMatch(/upstream_calls_total\{service="agentVep",status="200"\} \d+\n/);
    expect(text).toMatch(/process_resident_memory_bytes \d+\n/);
    for (const private_ of [secret, app.client_id, 'admin', 'Hello']) expect(text).not.toContain(private_);
  });

  it('move by what happens, each by itself: calls without answer, entries as they come, gaps, answer times', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'metrics-'));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => rmSync(dataDir, { recursive: true }));
    const world = stack.use(await startWorld({ config: { dataDir } }));
    const browser = new TestBrowser(world.bridge.origin);
    const value = async (name: string): Promise<number> => {
      const lines = (await browser.get('/metrics')).text.split('\n');
      return Number(lines.find((line) => line.startsWith(`connector_bridge_${name} `))?.split(' ')[1] ?? 0);
    };
    await browser.signInToDemo();
    const conversation = await browser.openConversation();
    const before = await value('stream_entries_total{phase="live"}');
    {
      using events = browser.events();
      await events.event('caught-up');
      await browser.send(conversation, 'hi', 'm1');
      await events.until(() => events.of('message-sent')[0]);
    }
    world.wire.interfere(({ url }) =>
      url.includes('installation') ? { kind: 'cut-before' } : { kind: 'pass' },
    );
    await browser.get('/api/installations');
    const first = dropThrough(dataDir, 1);
    using late = browser.events(`?after=${first}`);
    await late.event('gap');

    expect(await value('stream_entries_total{phase="live"}')).toBeGreaterThan(before);
    expect(await value('stream_notices_total{notice="gap"}')).toBe(1);
    expect(await value('stream_notices_total{notice="reset"}')).toBe(0);
    const text = (await browser.get('/metrics')).text;
    expect(text).toMatch(/upstream_calls_total\{service="\w+",status="none"\} [12]\n/);
    expect(await value('webhook_answer_seconds_bucket{le="+Inf"}')).toBe(
      await value('webhook_answer_seconds_count'),
    );
    expect(await value('webhook_answer_seconds_sum')).toBeGreaterThan(0);
    expect(await value('streams_open')).toBe(1);
  });

  it('have the form that Prometheus reads', async () => {
    await using bridge = await startTestBridge();

    const answer = await new TestBrowser(bridge.origin).get('/metrics');

    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const form = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+-]+)$/;
    expect(answer.text.endsWith('\n')).toBeTrue();
    for (const line of answer.text.trimEnd().split('\n')) expect(line).toMatch(form);
  });

  it('are for this machine only, also behind a proxy', async () => {
    await using bridge = await startTestBridge();

    const answer = await new TestBrowser(bridge.origin).call('GET', '/metrics', {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });

    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('connector_bridge');
  });

  it('are for whom the setting names', async () => {
    await using bridge = await startTestBridge({}, { metricsAllow: '203.0.113.0/24' });
    const browser = new TestBrowser(bridge.origin);

    const own = await browser.get('/metrics');
    const named = await browser.call('GET', '/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } });

    expect([own.status, named.status]).toEqual([404, 200]);
  });
});

/** Marks the first entries as dropped. @returns the cursor before all of them */
function dropThrough(dataDir: string, entries: number): number {
  using database = new DatabaseSync(join(dataDir, 'events.sqlite'));
  const first = Number(database.prepare('SELECT first FROM log').get()?.['first']);
  database
    .prepare("INSERT OR REPLACE INTO dropped (account, through) VALUES ('demo', ?)")
    .run(first + entries);
  return first;
}
