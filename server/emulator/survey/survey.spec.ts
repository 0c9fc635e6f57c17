import type { MessageChange } from '#protocol/webhook-notification';

import { greeter } from '../agent/scripts/greeter.ts';
import { Caller } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { at, textAt } from '../testing/answer.ts';
import { CLOSE, closing, closingDialog, updating } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { TEXT_AFTER_ANSWER_MS } from './survey-bot.ts';
import { DEMO_SURVEY } from './survey-definition.ts';

const FEATURES = ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'];
const WEEK_MS = 7 * 24 * 3_600_000;
const HALF_HOUR_MS = 30 * 60_000;

describe('The survey after a conversation (§11.3)', () => {
  let cloud: TestCloud;
  let clock: VirtualClock;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    clock = new VirtualClock();
    cloud = await startTestCloud({ agentScript: greeter, clock });
    consumer = Caller.announcing(await cloud.caller.consumer(), ...FEATURES);
    conversation = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.receiver.waitForMessage(isAgentDone);
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  const isAgentDone = ({ event, originatorId }: MessageChange): boolean =>
    event['chatState'] === 'ACTIVE' && originatorId !== consumer.id;
  const details = () => cloud.receiver.conversations.map(({ result }) => result.conversationDetails);
  const stages = (): string[] => details().map(({ state, stage }) => `${state}/${stage}`);
  const closed = () =>
    cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');
  const surveyDialog = () =>
    details()
      .at(-1)
      ?.dialogs?.find(({ dialogType }) => dialogType === 'POST_SURVEY');
  const inSurvey = (): readonly MessageChange[] =>
    cloud.receiver.messages.filter(({ dialogId }) => dialogId !== (conversation as never));
  const questions = (): readonly MessageChange[] =>
    inSurvey().filter(({ metadata }) => at(metadata, 0, 'type') === 'Question');
  const question = async (number: number): Promise<MessageChange> => {
    await cloud.receiver.waitFor(() => questions().length >= number);
    return questions()[number - 1]!;
  };
  const publish = (event: object, metadata?: unknown) =>
    cloud.caller.send(consumer, {
      kind: 'req',
      id: '22',
      type: 'ms.PublishEvent',
      body: { dialogId: surveyDialog()!.dialogId, conversationId: conversation, event },
      ...(metadata !== undefined && { metadata }),
    });
  const say = (message: string, metadata?: unknown) =>
    publish({ type: 'ContentEvent', contentType: 'text/plain', message }, metadata);
  const press = (sequence: number | undefined, metadata: unknown) =>
    publish({ type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [sequence] }, metadata);
  /** Text and metadata of one of the replies. */
  const replyOf = ({ event }: MessageChange, index: number): readonly [text: string, metadata: unknown] => {
    const click = at(event, 'quickReplies', 'replies', index, 'click');
    return [textAt(click, 'actions', 0, 'text'), at(click, 'metadata')];
  };

  it('goes as in the tutorial: greeting 0, question 1, ACTION 2, text 3, READ 4, and on (§8.4.9–8.4.12)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    const first = await question(1);
    const [text, metadata] = replyOf(first, 3);
    const action = await press(first.sequence, metadata);
    const answer = await say(text, metadata);
    const second = await question(2);
    await say(...replyOf(second, 0));
    await closed();

    expect([action, answer].map((each) => each.at('body', 'sequence'))).toEqual([2, 3]);
    const sequenced = inSurvey().filter(({ sequence }) => sequence !== undefined);
    expect(
      sequenced.map(({ sequence, originatorMetadata, event }) =>
        [sequence, originatorMetadata?.role, event['status'] ?? event['message']].join(' '),
      ),
    ).toEqual([
      `0 AGENT ${DEMO_SURVEY.greeting}`,
      '1 AGENT How would you rate your overall experience?',
      '2 CONSUMER ACTION',
      '3 CONSUMER 4',
      '4 AGENT READ',
      '5 AGENT Did we solve your problem?',
      '6 CONSUMER Yes',
      '7 AGENT READ',
      `8 AGENT ${DEMO_SURVEY.thanks}`,
    ]);
    expect(stages()).toEqual([
      'OPEN/OPEN',
      'OPEN/OPEN',
      'CLOSE/OPEN',
      'CLOSE/OPEN',
      'CLOSE/OPEN',
      'CLOSE/CLOSE',
    ]);
  });

  it('ends completed by its bot, in a conversation closed by the consumer (§8.4.12)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    for (const number of [1, 2]) await say(...replyOf(await question(number), 0));
    await closed();

    const last = details().at(-1)!;
    const { startTs = 0, endTs = 0 } = last;
    expect([
      last.closeReason,
      endTs >= startTs,
      cloud.receiver.conversations.at(-1)?.result.effectiveTTR,
    ]).toEqual(['CONSUMER', true, -1]);
    expect(last.dialogs).toEqual([
      jasmine.objectContaining({
        dialogType: 'MAIN',
        closedBy: 'CONSUMER',
        closedCause: 'Closed by consumer',
      }),
      jasmine.objectContaining({
        dialogId: jasmine.stringMatching(/^[\w-]{22}$/),
        dialogType: 'POST_SURVEY',
        metaData: { appInstallId: jasmine.stringMatching(/^[0-9a-f-]{36}$/) },
        closedBy: 'AGENT',
        closedCause: 'Completed',
        endTs,
      }),
    ] as never);
    const roles = (last.participants ?? []).map(({ role }) => role).sort();
    expect(roles).toEqual(['AGENT', 'ASSIGNED_AGENT', 'CONSUMER', 'READER']);
    const next = await cloud.caller.open(consumer);
    expect(next.status).toBe(200);
  });

  it('is told in webhooks that are signed as all others (§8.2)', async () => {
    const { client_secret: secret } = await cloud.caller.app();
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);

    expect(cloud.receiver.received.every((webhook) => isSignedWith(secret ?? '', webhook))).toBe(true);
  });

  it('takes an ACTION alone, once no text has followed it (§12.4)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    const first = await question(1);
    await press(first.sequence, replyOf(first, 0)[1]);

    await clock.advance(TEXT_AFTER_ANSWER_MS + 1);

    expect((await question(2)).event['message']).toBe('Did we solve your problem?');
  });

  it('takes words without metadata, asks again what it does not understand, and lets questions be skipped', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);
    await say('quite good');
    const again = await question(2);
    expect(again.event['message']).toContain('Please choose one of');
    const invalid = inSurvey().find(({ event }) => event['status'] === 'ENRICH');
    expect(at(invalid?.metadata, 0, 'type')).toBe('InvalidAnswer');

    await say('5');
    expect((await question(3)).event['message']).toBe('Did we solve your problem?');
    await say('Skip');
    await closed();

    expect(surveyDialog()?.closedCause).toBe('Completed');
  });

  it('also follows the agent’s close', async () => {
    await cloud.caller.say(consumer, conversation, 'survey');

    await question(1);

    expect(details().at(-1)?.closeReason).toBe('AGENT');
    expect(details().at(-1)?.dialogs?.[0]?.closedBy).toBe('AGENT');
  });

  it('lets no other conversation begin while it is open (§6.2)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);

    expect((await cloud.caller.open(consumer)).status).toBe(400);
  });

  it('takes chat states silently (§14.1 #25)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);

    const answer = await publish({ type: 'ChatStateEvent', chatState: 'COMPOSING' });

    expect([answer.status, answer.at('body', 'sequence')]).toEqual([200, 0]);
  });

  it('needs the conversation’s id beside the dialog’s (§6.3)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: '5' };
    const body = { dialogId: surveyDialog()!.dialogId, event };

    const answer = await cloud.caller.send(consumer, { kind: 'req', id: '3', type: 'ms.PublishEvent', body });

    expect(answer.status).toBe(400);
  });

  it('can be left by closing its dialog, or everything (§11.2)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);

    await cloud.caller.send(consumer, closingDialog(conversation, surveyDialog()!.dialogId));
    await closed();

    expect(surveyDialog()?.closedBy).toBe('CONSUMER');
  });

  it('does not follow ConversationStateField, nor Stage in the same request (§11.3, §6.4)', async () => {
    const dialog = { dialogId: conversation, state: 'CLOSE' };
    const fields = [
      { field: 'DialogChange', type: 'UPDATE', dialog },
      { field: 'Stage', conversationState: 'CLOSE' },
    ];
    await cloud.caller.send(consumer, updating(conversation, fields));
    await closed();
    expect(surveyDialog()).toBeUndefined();

    const next = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, next, 'Hello');
    await cloud.receiver.waitForMessage(
      (change) => isAgentDone(change) && change.dialogId === (next as never),
    );
    await cloud.caller.send(consumer, updating(next, CLOSE));
    await cloud.receiver.waitForConversation(
      ({ result }) => result.convId === (next as never) && result.conversationDetails.stage === 'CLOSE',
    );
    expect(surveyDialog()).toBeUndefined();
  });

  it('does not follow when the closing call announces too little (§6.1, §11.3)', async () => {
    const other = Caller.announcing(consumer, 'RICH_CONTENT', 'QUICK_REPLIES');

    await cloud.caller.send(other, closingDialog(conversation));
    await closed();

    expect(surveyDialog()).toBeUndefined();
  });

  it('does not follow where the account has none, and may be listed first (§14.1 #18)', async () => {
    const control = '/emulator/control';
    cloud.emulator.settings.surveyDialogFirst = true;
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);
    expect(
      details()
        .at(-1)
        ?.dialogs?.map(({ dialogType }) => dialogType),
    ).toEqual(['POST_SURVEY', 'MAIN']);
    await cloud.caller.send(consumer, closing(conversation));
    await closed();

    await cloud.caller.call(`${control}/accounts/demo`, {
      method: 'PATCH',
      body: { settings: { hasSurvey: false } },
    });
    const next = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, next, 'Hello');
    await cloud.receiver.waitForMessage(
      (change) => isAgentDone(change) && change.dialogId === (next as never),
    );
    await cloud.caller.send(consumer, closingDialog(next));
    await cloud.receiver.waitForConversation(
      ({ result }) => result.convId === (next as never) && result.conversationDetails.stage === 'CLOSE',
    );
    expect(surveyDialog()).toBeUndefined();
  });

  describe('configured for one skill', () => {
    const control = '/emulator/control/accounts/demo';
    beforeEach(async () => {
      const body = { settings: { surveySkills: ['1001'] } };
      await cloud.caller.call(control, { method: 'PATCH', body });
    });

    it('does not follow conversations of another (§11.3)', async () => {
      await cloud.caller.send(consumer, closingDialog(conversation));
      await closed();

      expect(surveyDialog()).toBeUndefined();
    });

    it('follows what has come to it: the last skill counts (§11.3)', async () => {
      await cloud.caller.post(`${control}/conversations/${conversation}/transfer`, { skillId: '1001' });
      await cloud.caller.say(consumer, conversation, 'Is somebody there?');
      await cloud.receiver.waitForConversation(
        ({ result }) =>
          result.conversationDetails.skillId === '1001' &&
          result.conversationDetails.participants?.some(({ role }) => role === 'ASSIGNED_AGENT') === true,
      );
      await cloud.caller.send(consumer, closingDialog(conversation));
      await question(1);

      expect(surveyDialog()?.state).toBe('OPEN');
    });
  });

  it('is closed by the system after a week without activity (§11.2)', async () => {
    await cloud.caller.send(consumer, closingDialog(conversation));
    await question(1);

    await clock.advance(WEEK_MS - HALF_HOUR_MS);
    expect(stages().at(-1)).toBe('CLOSE/OPEN');
    await clock.advance(2 * HALF_HOUR_MS);
    await closed();

    expect([surveyDialog()?.closedBy, details().at(-1)?.closeReason]).toEqual(['SYSTEM', 'CONSUMER']);
  });
});
