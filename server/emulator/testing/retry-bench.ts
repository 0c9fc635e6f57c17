import { configureWebhooks } from './configured-webhooks.ts';
import { ConversationBench } from './conversation-bench.ts';

/** A conversation on a clock that stands, whose webhooks may be refused. */
export class RetryBench extends ConversationBench {
  constructor() {
    super((clock) => clock.stop());
    beforeEach(() => this.idle());
  }

  readonly configure = (
    webhook: object,
    retentionTime?: number,
    perType: Record<string, object> = {},
  ): Promise<void> => configureWebhooks(this.cloud, { webhook, retentionTime, perType });

  /** Answers with these statuses in turn, the last one for ever, and gives the seconds at which they came. */
  readonly answering = (...statuses: number[]): number[] => {
    const start = this.clock.now();
    const times: number[] = [];
    this.cloud.receiver.respond = (_webhook, response) => {
      const status = statuses[times.length] ?? statuses.at(-1) ?? 200;
      times.push((this.clock.now() - start) / 1000);
      response.writeHead(status, { location: '/elsewhere' }).end();
    };
    return times;
  };

  /** Until everything that was said has been tried, as far as the time allows. */
  readonly idle = (): Promise<void> => this.clock.advance(0);

  readonly say = async (text: string): Promise<void> => {
    await this.cloud.caller.say(this.consumer, this.conversation, text);
    await this.idle();
  };

  readonly phase = async (): Promise<unknown> => (await this.control.standing())['phase'];

  readonly outcomes = async (): Promise<unknown[]> =>
    (await this.control.deliveries()).map(({ outcome }) => outcome).slice(1);
}
