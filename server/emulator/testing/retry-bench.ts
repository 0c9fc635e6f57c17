import type { Consumer } from './caller.ts';
import { configureWebhooks } from './configured-webhooks.ts';
import { ControlCaller } from './control-caller.ts';
import { startTestCloud } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';

/** For each spec a cloud on a clock that stands, and a conversation in it. The functions are to be used in specs only. */
export function retryBench() {
  let clock: VirtualClock;
  let cloud: TestCloud;
  let control: ControlCaller;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    clock = new VirtualClock();
    clock.stop();
    cloud = await startTestCloud({ clock });
    control = new ControlCaller(cloud.emulator.origin);
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
    await idle();
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  const configure = (
    webhook: object,
    retentionTime?: number,
    perType: Record<string, object> = {},
  ): Promise<void> => configureWebhooks(cloud, { webhook, retentionTime, perType });

  /** Answers with these statuses in turn, the last one for ever, and gives the seconds at which they came. */
  function answering(...statuses: number[]): number[] {
    const start = clock.now();
    const times: number[] = [];
    cloud.receiver.respond = (_webhook, response) => {
      const status = statuses[times.length] ?? statuses.at(-1) ?? 200;
      times.push((clock.now() - start) / 1000);
      response.writeHead(status, { location: '/elsewhere' }).end();
    };
    return times;
  }

  /** Until everything that was said has been tried, as far as the time allows. */
  const idle = (): Promise<void> => clock.advance(0);
  const say = async (text: string): Promise<void> => {
    await cloud.caller.say(consumer, conversation, text);
    await idle();
  };
  const texts = (): unknown[] => cloud.receiver.messages.map(({ event }) => event['message']);
  const phase = async (): Promise<unknown> => (await control.standing())['phase'];
  const outcomes = async (): Promise<unknown[]> =>
    (await control.deliveries()).map(({ outcome }) => outcome).slice(1);

  return {
    get clock() {
      return clock;
    },
    get cloud() {
      return cloud;
    },
    get control() {
      return control;
    },
    get consumer() {
      return consumer;
    },
    get conversation() {
      return conversation;
    },
    configure,
    answering,
    idle,
    say,
    texts,
    phase,
    outcomes,
  };
}
