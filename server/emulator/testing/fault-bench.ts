import type { Answer } from './answer.ts';
import { ConversationBench } from './conversation-bench.ts';
import type { ReceivedWebhook } from './webhook-receiver.ts';

/** A conversation to which faults may happen. */
export class FaultBench extends ConversationBench {
  readonly say = (text: string): Promise<Answer> =>
    this.cloud.caller.say(this.consumer, this.conversation, text);

  readonly arrived = (text: string): Promise<ReceivedWebhook> =>
    this.cloud.receiver.waitForMessage(({ event }) => event['message'] === text);

  readonly secret = async (): Promise<string> => (await this.cloud.caller.app()).client_secret ?? '';

  readonly firings = async (): Promise<Record<string, unknown>[]> => {
    const { body } = await this.control.get('/faults/firings');
    return (body as { firings: Record<string, unknown>[] }).firings;
  };
}
