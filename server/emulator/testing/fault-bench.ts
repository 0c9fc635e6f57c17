import { VirtualClock } from '../virtual-clock.ts';
import type { Consumer } from './caller.ts';
import { ControlCaller } from './control-caller.ts';
import { startTestCloud } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';

/** For each spec a cloud, and a conversation in it to which faults may happen. The functions are to be used in specs only. */
export function faultBench() {
  let clock: VirtualClock;
  let cloud: TestCloud;
  let control: ControlCaller;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    clock = new VirtualClock();
    cloud = await startTestCloud({ clock });
    control = new ControlCaller(cloud.emulator.origin);
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  const say = (text: string): ReturnType<typeof cloud.caller.say> =>
    cloud.caller.say(consumer, conversation, text);
  const texts = (): unknown[] => cloud.receiver.messages.map(({ event }) => event['message']);
  const arrived = (text: string): ReturnType<typeof cloud.receiver.waitFor> =>
    cloud.receiver.waitForMessage(({ event }) => event['message'] === text);
  const secret = async (): Promise<string> => (await cloud.caller.app()).client_secret ?? '';
  const firings = async (): Promise<Record<string, unknown>[]> =>
    ((await control.get('/faults/firings')).body as { firings: Record<string, unknown>[] }).firings;

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
    say,
    texts,
    arrived,
    secret,
    firings,
  };
}
