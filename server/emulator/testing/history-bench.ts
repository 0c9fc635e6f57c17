import { greeter } from '../agent/scripts/greeter.ts';
import { at } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Consumer } from './caller.ts';
import { ShiftedClock, startTestCloud } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';

export const BY_ID = 'conversations/conversation/search';
export const SEARCH = 'conversations/search';
export const BY_CONSUMER = 'conversations/consumer/search';
export const MINUTE_MS = 60_000;

/** For each spec a cloud whose greeter answers, and somebody who asks its history. The functions are to be used in specs only. */
export function historyBench() {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  let consumer: Consumer;
  let bearer: Readonly<Record<string, string>>;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock, agentScript: greeter });
    consumer = await cloud.caller.consumer();
    bearer = await cloud.caller.bearer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const ask = (path: string, body: unknown, query = 'v=2&source=demo'): Promise<Answer> =>
    cloud.caller.post(`/messaging_history${cloud.caller.path(`/${path}?${query}`)}`, body, bearer);
  const recordOf = async (
    conversationId: string,
    contentToRetrieve?: readonly string[],
  ): Promise<unknown> => {
    const answer = await ask(BY_ID, { conversationId, ...(contentToRetrieve && { contentToRetrieve }) });
    expect(answer.status).withContext(answer.text).toBe(200);
    return answer.at('conversationHistoryRecords', 0);
  };
  const idsIn = (answer: Answer): unknown[] =>
    (answer.at('conversationHistoryRecords') as unknown[]).map((record) =>
      at(record, 'info', 'conversationId'),
    );
  /** A conversation in which the agent has answered. */
  async function talk(): Promise<string> {
    const id = await cloud.caller.opened(consumer, { firstName: 'Ada' });
    await cloud.caller.say(consumer, id, 'Hello José 👋');
    await cloud.receiver.waitForMessage(
      ({ event, conversationId, originatorMetadata }) =>
        conversationId === id &&
        event.type === 'ContentEvent' &&
        originatorMetadata?.role === 'ASSIGNED_AGENT',
    );
    return id;
  }

  return {
    get cloud() {
      return cloud;
    },
    get clock() {
      return clock;
    },
    get consumer() {
      return consumer;
    },
    set consumer(next) {
      consumer = next;
    },
    get bearer() {
      return bearer;
    },
    set bearer(next) {
      bearer = next;
    },
    ask,
    recordOf,
    idsIn,
    talk,
  };
}
