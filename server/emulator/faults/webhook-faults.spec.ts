import { eventually } from '../testing/control-caller.ts';
import { FaultBench } from '../testing/fault-bench.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';

const TEXT_EVENT = 'ContentEvent';

describe('Faults of webhooks', () => {
  const bench = new FaultBench();
  const { say, texts, arrived, secret } = bench;

  it('delay', async () => {
    bench.clock.stop();
    await bench.control.fault({ on: 'webhook', kind: 'delay', ms: 5000, count: 1 });
    await say('late');
    await bench.clock.advance(4999);
    expect(texts()).toEqual([]);

    await bench.clock.advance(1);
    expect(texts()).toEqual(['late']);
  });

  it('drop: the cloud believes that it was taken', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'drop', match: { eventType: TEXT_EVENT }, count: 1 });
    await say('never arrives');
    await say('arrives');
    await arrived('arrives');

    expect(texts()).toEqual(['arrives']);
    const outcomes = (await bench.control.deliveries()).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('duplicate', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'duplicate', times: 3, count: 1 });
    await say('thrice');
    await say('once');
    await arrived('once');

    expect(texts()).toEqual(['thrice', 'thrice', 'thrice', 'once']);
  });

  it('reorder: the next one of the conversation comes first', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'reorder', match: { eventType: TEXT_EVENT }, count: 1 });
    await say('one');
    await say('two');
    await say('three');
    await arrived('three');

    expect(texts()).toEqual(['two', 'one', 'three']);
  });

  it('reorder, and come after all when nothing overtakes', async () => {
    bench.clock.stop();
    await bench.control.fault({ on: 'webhook', kind: 'reorder', ms: 5000, count: 1 });
    await say('alone');
    await bench.clock.advance(4999);
    expect(texts()).toEqual([]);
    await bench.clock.advance(1);

    expect(texts()).toEqual(['alone']);
  });

  it('carry a wrong signature, in the right form', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'wrong-signature', count: 1 });
    await say('forged');
    const webhook = await arrived('forged');

    expect(webhook.headers['x-liveperson-signature']).toMatch(/^sha1=[A-Za-z0-9+/]{27}=$/);
    expect(isSignedWith(await secret(), webhook)).toBeFalse();
  });

  it('carry no signature', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'missing-signature', count: 1 });
    await say('unsigned');

    expect((await arrived('unsigned')).headers['x-liveperson-signature']).toBeUndefined();
  });

  for (const signed of ['original', 'corrupted'] as const) {
    it(`come corrupted, signed over the ${signed} bytes`, async () => {
      await bench.control.fault({ on: 'webhook', kind: 'corrupt-body', signed, count: 1 });
      await say('garbled');
      await eventually(async () => (await bench.control.deliveries()).length === 2);

      const [webhook] = bench.cloud.receiver.garbled;
      expect(webhook).toBeDefined();
      expect(webhook && isSignedWith(await secret(), webhook)).toBe(signed === 'corrupted');
    });
  }

  it('count as answered with another status, so that they are sent again (§8.6)', async () => {
    bench.clock.stop();
    await withRetries(2);
    await bench.control.fault({ on: 'webhook', kind: 'status', status: 500, match: { attempt: 1 } });
    await say('twice');
    await bench.clock.advance(30_000);

    expect(texts()).toEqual(['twice', 'twice']);
  });

  it('break off with a reset connection, and are sent again', async () => {
    bench.clock.stop();
    await withRetries(1);
    await bench.control.fault({ on: 'webhook', kind: 'reset', count: 1 });
    await say('broken');
    await bench.clock.advance(30_000);

    expect(texts()).toEqual(['broken']);
    const [, first, second] = await bench.control.deliveries();
    expect([first?.['outcome'], second?.['outcome']]).toEqual(['failed', 'delivered']);
    expect(first?.['failure']).toContain('reset');
  });

  it('send their body slowly', async () => {
    bench.clock.stop();
    await bench.control.fault({ on: 'webhook', kind: 'slow-body', ms: 4000, count: 1 });
    await say('slow');
    await bench.clock.advance(3000, { patienceMs: 10 });
    expect(texts()).toEqual([]);

    await bench.clock.advance(1000, { patienceMs: 10 });
    expect(await arrived('slow')).toBeDefined();
  });

  async function withRetries(maxRetries: number): Promise<void> {
    const app = await bench.cloud.caller.app();
    const headers = await bench.cloud.caller.bearer();
    const path = bench.cloud.caller.installationsPath(app.id);
    const revision = (await bench.cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    const webhooks = {
      'ms.MessagingEventNotification.ContentEvent': {
        endpoint: bench.cloud.receiver.url,
        max_retries: maxRetries,
      },
    };
    const body = { ...app, capabilities: { webhooks } };
    await bench.cloud.caller.call(path, {
      method: 'PUT',
      headers: { ...headers, 'if-match': revision },
      body,
    });
  }
});
