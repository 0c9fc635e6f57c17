import { VirtualClock } from '../virtual-clock.ts';
import type { Consumer } from './caller.ts';
import { ControlCaller } from './control-caller.ts';
import { startTestCloud } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';

/** For each spec a cloud on a virtual clock, and a conversation in it. To be made where specs are described. */
export class ConversationBench {
  clock!: VirtualClock;
  cloud!: TestCloud;
  control!: ControlCaller;
  consumer!: Consumer;
  conversation!: string;

  /** @param prepare Called with the clock before anything runs on it. */
  constructor(prepare: (clock: VirtualClock) => void = () => undefined) {
    beforeEach(async () => {
      this.clock = new VirtualClock();
      prepare(this.clock);
      this.cloud = await startTestCloud({ clock: this.clock });
      this.control = new ControlCaller(this.cloud.emulator.origin);
      this.consumer = await this.cloud.caller.consumer();
      this.conversation = await this.cloud.caller.opened(this.consumer);
      await this.cloud.receiver.waitForConversation(() => true);
    });
    afterEach(async () => {
      await this.cloud[Symbol.asyncDispose]();
      this.clock.close();
    });
  }

  /** What the endpoint was told that anybody wrote. */
  readonly texts = (): unknown[] => this.cloud.receiver.messages.map(({ event }) => event['message']);
}
