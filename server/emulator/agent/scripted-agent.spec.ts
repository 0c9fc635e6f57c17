import type { AgentScript } from './agent-script.ts';
import { greeter } from './scripts/greeter.ts';
import type { Clock } from '../clock.ts';
import type { Consumer } from '../testing/caller.ts';
import { textAt } from '../testing/answer.ts';
import { closing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import type { EmulatorOptions } from '../emulator.ts';
import { conversationsOf, messagesOf } from '../testing/webhook-receiver.ts';
import { systemClock } from '../clock.ts';
import { silentLog } from '../emulator-log.ts';

describe('The scripted agent', () => {
  let cloud: TestCloud;
  let consumer: Consumer;
  afterEach(() => cloud[Symbol.asyncDispose]());

  async function start(options: Partial<EmulatorOptions> = {}): Promise<string> {
    cloud = await startTestCloud({ agentScript: greeter, ...options });
    consumer = await cloud.caller.consumer();
    return cloud.caller.opened(consumer, { firstName: 'Ada' });
  }
  const say = async (conversation: string, text: string): Promise<unknown> =>
    (await cloud.caller.say(consumer, conversation, text)).at('body', 'sequence');
  const isAgentActive = ({ event, originatorId }: { event: object; originatorId: string }): boolean =>
    'chatState' in event && event.chatState === 'ACTIVE' && originatorId !== consumer.id;
  /** What arrived after the consumer's message, in short. */
  const told = (): string[] =>
    cloud.receiver.received.flatMap((webhook) => [
      ...conversationsOf(webhook).map(({ result }) =>
        (result.conversationDetails.participants ?? []).map(({ role }) => role).join('+'),
      ),
      ...messagesOf(webhook).map(
        ({ event, originatorMetadata, sequence }) =>
          `${originatorMetadata?.role} ${textAt({ is: event['status'] ?? event['chatState'] ?? event.type }, 'is')} ${sequence ?? '-'}`,
      ),
    ]);

  it('joins, accepts, reads, types, answers and has typed (§14.2 #19)', async () => {
    const conversation = await start();
    await say(conversation, 'Hello');
    await cloud.receiver.waitForMessage(isAgentActive);

    expect(told()).toEqual([
      'CONSUMER',
      'CONSUMER ContentEvent 0',
      'CONSUMER+ASSIGNED_AGENT',
      'ASSIGNED_AGENT ACCEPT 1',
      'ASSIGNED_AGENT READ 2',
      'ASSIGNED_AGENT COMPOSING -',
      'ASSIGNED_AGENT ContentEvent 3',
      'ASSIGNED_AGENT ACTIVE -',
    ]);
    const statuses = cloud.receiver.messages.filter(({ event }) => event.type === 'AcceptStatusEvent');
    expect(statuses.map(({ event }) => event['sequenceList'])).toEqual([[0], [0]]);
  });

  it('greets by the name of the profile, once, and quotes what was written', async () => {
    const conversation = await start();
    await say(conversation, 'Is José 👋 in?');
    await cloud.receiver.waitForMessage(isAgentActive);
    await say(conversation, 'thank you');
    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('welcome'));

    const answers = cloud.receiver.messages.filter(
      ({ event, originatorId }) => event.type === 'ContentEvent' && originatorId !== consumer.id,
    );
    expect(answers.map(({ event }) => event['message'])).toEqual([
      'Hello Ada, this is Mia. You wrote: “Is José 👋 in?” How can I help? Write "help" to see what I can do.',
      'You are welcome! Is there anything else?',
    ]);
    expect(cloud.receiver.conversations.length).toBe(2);
  });

  it('does nothing about chat states and statuses alone', async () => {
    const conversation = await start();
    await cloud.caller.publish(consumer, conversation, { type: 'ChatStateEvent', chatState: 'COMPOSING' });
    await cloud.caller.publish(consumer, conversation, {
      type: 'AcceptStatusEvent',
      status: 'READ',
      sequenceList: [0],
    });
    await cloud.caller.send(consumer, closing(conversation));
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');

    expect(told()).toEqual(['CONSUMER', 'CONSUMER COMPOSING -', 'CONSUMER READ 0', 'CONSUMER']);
  });

  it('answers messages that come while it is busy in its next turn', async () => {
    const turns: number[][] = [];
    let goOn = (): void => undefined;
    // The agent's first pause lasts until the spec lets it go on.
    const clock: Clock = {
      now: () => systemClock.now(),
      schedule: (ms, task) => {
        if (ms !== 77) return systemClock.schedule(ms, task);
        goOn = task;
        return { cancel: () => undefined };
      },
      track: (work) => work,
    };
    const script: AgentScript = {
      name: 'slow at first',
      steps: ({ messages, turnsBefore }) => {
        turns.push(messages.map(({ sequence }) => sequence));
        const wait = turnsBefore === 0 ? ([{ do: 'pause', ms: 77 }] as const) : [];
        return [
          ...wait,
          { do: 'join' },
          { do: 'publish', event: { type: 'ChatStateEvent', chatState: 'ACTIVE' } },
        ];
      },
    };
    const conversation = await start({ agentScript: script, clock });
    await say(conversation, 'one');
    while (turns.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await say(conversation, 'two');
    await say(conversation, 'three');
    goOn();
    await cloud.receiver.waitFor(
      () => cloud.receiver.messages.filter((change) => isAgentActive(change)).length === 2,
    );

    expect(turns).toEqual([[0], [1, 2]]);
  });

  it('stops in the middle when the consumer closes, and starts afresh in the next conversation', async () => {
    const conversation = await start({ agentPace: { joinMs: 0, acceptMs: 0, readMs: 0, typeMs: 3_600_000 } });
    await say(conversation, 'Hello');
    await cloud.receiver.waitForMessage(({ event }) => event['chatState'] === 'COMPOSING');
    await cloud.caller.send(consumer, closing(conversation));
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');

    const next = await cloud.caller.opened(consumer);
    await say(next, 'Hello again');
    await cloud.receiver.waitForMessage(
      ({ event, conversationId }) => event['chatState'] === 'COMPOSING' && conversationId === (next as never),
    );

    expect(
      cloud.receiver.messages.some(({ event }) => String(event['message']).startsWith('You wrote')),
    ).toBe(false);
  });

  it('can hand the conversation over and close it by script (§11.2)', async () => {
    const script: AgentScript = {
      name: 'hands over, then closes',
      steps: ({ turnsBefore }) =>
        turnsBefore === 0
          ? [{ do: 'join' }, { do: 'transfer', skillId: '4711' }]
          : [{ do: 'join' }, { do: 'close', cause: 'Solved' }],
    };
    const conversation = await start({ agentScript: script });
    await say(conversation, 'one');
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.skillId === '4711');
    await say(conversation, 'two');
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');

    const { closeReason, dialogs } = cloud.receiver.conversations.at(-1)!.result.conversationDetails;
    expect([closeReason, dialogs?.[0]?.closedBy, dialogs?.[0]?.closedCause]).toEqual([
      'AGENT',
      'AGENT',
      'Solved',
    ]);
  });

  it('takes its next turn after a script that failed', async () => {
    const script: AgentScript = {
      name: 'fails on bad',
      steps: ({ messages }) => {
        if (messages.some(({ event }) => 'message' in event && event.message === 'bad'))
          throw new Error('planted');
        return [{ do: 'join' }];
      },
    };
    const failures: object[] = [];
    const log = { ...silentLog, error: (fields: object) => void failures.push(fields) };
    const conversation = await start({ agentScript: script, log });
    await say(conversation, 'bad');
    while (failures.length === 0) await new Promise((resolve) => setImmediate(resolve));

    await say(conversation, 'good');

    await cloud.receiver.waitForConversation(
      ({ result }) => result.conversationDetails.participants?.length === 2,
    );
    expect(failures.length).toBe(1);
  });
});
