import { ControlCaller } from '../testing/control-caller.ts';
import { FaultBench } from '../testing/fault-bench.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

const TEXT_EVENT = 'ContentEvent';

describe('Faults', () => {
  const bench = new FaultBench();
  const { say, arrived, firings } = bench;

  it('are reported with what they happened to', async () => {
    await bench.control.fault({ on: 'webhook', kind: 'duplicate', match: { eventType: TEXT_EVENT } });
    await say('reported');
    await arrived('reported');

    const [firing] = await firings();
    const { client_id: app } = await bench.cloud.caller.app();
    expect(firing).toEqual(
      jasmine.objectContaining({
        number: 1,
        rule: 'fault-1',
        kind: 'duplicate',
        on: 'webhook',
        account: 'demo',
        app,
        conversation: bench.conversation,
        eventType: 'ms.MessagingEventNotification.ContentEvent',
        consumer: bench.consumer.id,
        attempt: 1,
      }),
    );
  });

  it('happen to the same messages with the same seed, in every run', async () => {
    const run = async (seed: number): Promise<Record<string, number[]>> => {
      const time = new VirtualClock();
      await using again = await startTestCloud({ clock: time });
      const caller = new ControlCaller(again.emulator.origin);
      const match = { eventType: TEXT_EVENT };
      await caller.fault({ on: 'webhook', kind: 'drop', probability: 0.4, seed, match });
      const consumers = await Promise.all(['ada', 'bob'].map((name) => again.caller.consumer(name)));
      await Promise.all(
        consumers.map(async (each) => {
          const id = await again.caller.opened(each);
          for (let index = 0; index < 10; index += 1) await again.caller.say(each, id, `text ${index}`);
        }),
      );
      await time.advance(0);
      time.close();
      const heard: Record<string, number[]> = {};
      for (const { originatorId, sequence = -1 } of again.receiver.messages) {
        (heard[originatorId] ??= []).push(sequence);
      }
      return heard;
    };

    const [first, second, other] = [await run(5), await run(5), await run(6)];
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });
});
