import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { configureWebhooks } from '../testing/configured-webhooks.ts';
import { ControlCaller } from '../testing/control-caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';

describe('Webhooks that an app has not taken, over a restart of the emulator (§8.6),', () => {
  let folder: string;
  let clock: VirtualClock;
  let cloud: TestCloud;
  let control: ControlCaller;
  let conversation: string;
  const lines: { readonly message: string; readonly fields: object }[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-webhooks-'));
    lines.length = 0;
    await start();
    conversation = await cloud.caller.opened(await cloud.caller.consumer());
    await clock.advance(0);
  });
  afterEach(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (fields: object, message: string): void => void lines.push({ message, fields });
  const log = { info: write, warn: write, error: write };
  async function start(): Promise<void> {
    clock = new VirtualClock();
    clock.stop();
    cloud = await startTestCloud({ dataDir: folder, clock, log });
    control = new ControlCaller(cloud.emulator.origin);
  }
  async function stop(): Promise<void> {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  }
  /** The receiver is another one afterwards, at another address, and up. */
  async function restart(): Promise<void> {
    await stop();
    await start();
  }
  const isDown = (): void => {
    cloud.receiver.respond = (_webhook, response) => void response.writeHead(503).end();
  };
  async function say(...words: readonly string[]): Promise<void> {
    for (const text of words) {
      await control.post(`/accounts/demo/conversations/${conversation}/say`, { text });
      await clock.advance(0);
    }
  }
  const texts = (): unknown[] =>
    cloud.receiver.messages
      .filter(({ event }) => event.type === 'ContentEvent')
      .map(({ event }) => event['message']);

  it('come in their order when the app is back, signed, and before what happens afterwards', async () => {
    await configureWebhooks(cloud, { retentionTime: 3600 });
    const { client_secret } = await cloud.caller.app();
    isDown();
    await say('one', 'two', 'three 👋');
    const before = await control.standing();

    await restart();
    expect(await control.standing()).toEqual(
      jasmine.objectContaining({ phase: 'FAILED', failures: before['failures'], waiting: before['waiting'] }),
    );
    await say('four');
    await clock.advance(300_000);

    expect(texts()).toEqual(['one', 'two', 'three 👋', 'four']);
    for (const webhook of cloud.receiver.received)
      expect(isSignedWith(client_secret ?? '', webhook)).toBeTrue();
    expect(await control.standing()).toEqual(jasmine.objectContaining({ phase: 'UP', waiting: 0 }));
  });

  it('come although nobody names the account', async () => {
    await configureWebhooks(cloud, { retentionTime: 3600 });
    isDown();
    await say('one');

    await restart();
    await clock.advance(300_000);

    expect(texts()).toEqual(['one']);
  });

  it('go on with the tries they have had, to the second', async () => {
    await configureWebhooks(cloud, { retentionTime: 3600 });
    isDown();
    await say('one');
    await clock.advance(20_000);
    const { failures, nextAt } = await control.standing();
    expect(failures).toBe(4);

    await restart();
    isDown();
    await clock.advance(Number(nextAt) - clock.now() - 1);
    expect(cloud.receiver.received).toHaveSize(0);
    await clock.advance(1);

    expect(cloud.receiver.received).toHaveSize(1);
    expect((await control.deliveries()).at(-1)?.['attempt']).toBe(5);
    const standing = await control.standing();
    expect([standing['failures'], Number(standing['nextAt']) - clock.now()]).toEqual([5, 32_000]);
  });

  it('are asked with the oldest, not with what has happened since', async () => {
    await configureWebhooks(cloud, { retentionTime: 3600 });
    isDown();
    await say('one');

    await restart();
    isDown();
    const other = await cloud.caller.opened(await cloud.caller.consumer('bo'));
    await clock.advance(Number((await control.standing())['nextAt']) - clock.now());

    const asked = (await control.deliveries()).map((delivery) => delivery['conversation']);
    expect([asked, other === conversation]).toEqual([[conversation], false]);
  });

  it('are as old as they were: what is older than the retention time comes no more', async () => {
    await configureWebhooks(cloud, { retentionTime: 60 });
    isDown();
    await say('old');
    await clock.advance(50_000);
    await say('young');

    await restart();
    await clock.advance(40_000);

    expect(texts()).toEqual(['young']);
    expect((await control.deliveries('?outcome=expired')).length).toBeGreaterThan(0);
  });

  it('have the retries left that max_retries leaves them', async () => {
    await configureWebhooks(cloud, { webhook: { max_retries: 3 } });
    isDown();
    await say('counted');
    await clock.advance(30_000);
    expect(texts()).toEqual(['counted', 'counted']);

    await restart();
    isDown();
    expect((await control.standing())['waiting']).toBeGreaterThan(0);
    await clock.advance(3_600_000);

    expect(texts()).toEqual(['counted', 'counted']);
    expect((await control.standing())['waiting']).toBe(0);
  });

  it('are tried again when the end came while they were on their way, a counted retry too', async () => {
    await configureWebhooks(cloud, { webhook: { max_retries: 1 } });
    isDown();
    await say('counted');
    cloud.receiver.respond = () => undefined;
    await clock.advance(30_000, { patienceMs: 1 });
    expect(texts()).toEqual(['counted', 'counted']);

    await restart();
    await clock.advance(0);

    expect(texts()).toEqual(['counted']);
  });

  it('wait from the moment at which everything stops: none is lost, and one line counts those of an app', async () => {
    lines.length = 0;
    cloud.receiver.respond = () => undefined;
    for (const text of ['one', 'two']) {
      await control.post(`/accounts/demo/conversations/${conversation}/say`, { text });
      await clock.advance(0, { patienceMs: 1 });
    }
    const { waiting: atRest } = await control.standing();
    cloud.emulator.rest();
    isDown();
    await say('three');
    const { waiting } = await control.standing();
    const { client_id: appKey } = await cloud.caller.app();
    await stop();
    const told = lines.splice(0).filter(({ message }) => message.startsWith('webhook'));

    await start();
    await clock.advance(0);

    expect(told).toEqual([
      {
        message: 'webhooks were not taken before the end',
        fields: { account: 'demo', appKey, waiting: atRest },
      },
    ]);
    expect(atRest).toBeGreaterThan(1);
    expect(waiting).toBe(Number(atRest) + 1);
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('are held back for as long as a fault said, or until another overtakes them', async () => {
    const match = { eventType: 'ContentEvent' };
    await control.fault({ on: 'webhook', kind: 'reorder', ms: 600_000, count: 1, match });
    await say('first');

    await restart();
    await clock.advance(0);
    expect(texts()).toEqual([]);
    await say('second');

    expect(texts()).toEqual(['second', 'first']);
  });

  it('are part of a snapshot, which can be put back while it runs', async () => {
    await configureWebhooks(cloud, { retentionTime: 3600 });
    isDown();
    await say('one', 'two');
    const snapshot = (await control.get('/state')).body;
    await control.post('/state/reset');
    cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
    cloud.receiver.received.length = 0;

    expect((await control.call('PUT', '/state', snapshot)).status).toBe(204);
    await clock.advance(300_000);

    expect(texts()).toEqual(['one', 'two']);
  });
});
