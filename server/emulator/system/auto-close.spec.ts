import {
  AGENT,
  CONSUMER,
  MAIN,
  OPENED_AT,
  SURVEY,
  SURVEY_BOT,
  SURVEY_FEATURES,
  buildOpening,
  buildSurveyOffer,
  conversationAfter,
  joining,
  saying,
} from '../testing/conversation-builders.ts';
import { greeter } from '../agent/scripts/greeter.ts';
import { defaultAccountSettings } from '../state/account-settings.ts';
import type { AccountSettings } from '../state/account-settings.ts';
import type { ConversationCommand } from '../state/conversation-commands.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { overdueClose } from './auto-close.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Rule {
  readonly rule: string;
  readonly given: readonly ConversationCommand[];
  readonly settings?: Partial<AccountSettings>;
  /** Since the last thing that happened. */
  readonly stillForMs: number;
  /** `null`: goes on. */
  readonly then: 'close' | 'close-dialog' | null;
}

const answered = [joining, saying(CONSUMER), saying(AGENT)];
const surveyed: readonly ConversationCommand[] = [
  joining,
  { type: 'close-dialog', dialogId: MAIN, by: 'CONSUMER', cause: null, survey: buildSurveyOffer() },
];
const asked: readonly ConversationCommand[] = [
  ...surveyed,
  { type: 'join', participant: { id: SURVEY_BOT, role: 'AGENT' }, dialogId: SURVEY },
  saying(SURVEY_BOT, { dialogId: SURVEY }),
];

const rules: readonly Rule[] = [
  {
    rule: 'closes what waits for its consumer for too long',
    given: answered,
    stillForMs: HOUR,
    then: 'close',
  },
  { rule: 'does not a moment too early', given: answered, stillForMs: HOUR - 1, then: null },
  {
    rule: 'is off by default',
    given: answered,
    settings: { autoCloseAfterMs: null },
    stillForMs: 400 * DAY,
    then: null,
  },
  {
    rule: 'never closes what waits for an agent',
    given: [joining, saying(CONSUMER)],
    stillForMs: DAY,
    then: null,
  },
  { rule: 'never closes what waits in the queue', given: [], stillForMs: DAY, then: null },
  {
    rule: 'counts from the last activity, statuses included',
    given: [
      ...answered,
      saying(CONSUMER, { event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] } }),
    ],
    stillForMs: HOUR - 1,
    then: null,
  },
  { rule: 'leaves what is closed', given: [{ type: 'close', by: 'AGENT' }], stillForMs: DAY, then: null },
  { rule: 'closes a survey after a week', given: surveyed, stillForMs: 7 * DAY, then: 'close-dialog' },
  { rule: 'does not before', given: surveyed, stillForMs: 7 * DAY - 1, then: null },
  { rule: 'counts a survey’s own activity', given: asked, stillForMs: 7 * DAY, then: 'close-dialog' },
  {
    rule: 'closes a survey after the time that is set',
    given: asked,
    settings: { surveyTimeoutMs: MINUTE },
    stillForMs: MINUTE,
    then: 'close-dialog',
  },
];

describe('The system’s own closing (§11.2)', () => {
  for (const { rule, given, settings, stillForMs, then } of rules) {
    it(rule, () => {
      const state = conversationAfter(buildOpening({ features: SURVEY_FEATURES }), given);
      const now = OPENED_AT + 1000 * given.length + stillForMs;

      const command = overdueClose(
        state,
        { ...defaultAccountSettings, autoCloseAfterMs: HOUR, ...settings },
        now,
      );

      expect(command?.type ?? null).toBe(then);
    });
  }

  it('happens by a job every 25 minutes, told as a close by SYSTEM, and no survey follows (§11.3)', async () => {
    const clock = new VirtualClock();
    await using cloud = await startTestCloud({ clock, agentScript: greeter });
    const consumer = await cloud.caller.consumer();
    const conversation = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('How can I help?'));
    await cloud.caller.call('/emulator/control/accounts/demo', {
      method: 'PATCH',
      body: { settings: { autoCloseAfterMs: HOUR } },
    });
    const stage = () => cloud.receiver.conversations.at(-1)?.result.conversationDetails.stage;

    await clock.advance(59 * MINUTE);
    expect(stage()).toBe('OPEN');
    await clock.advance(26 * MINUTE);
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');

    const { conversationDetails } = cloud.receiver.conversations.at(-1)!.result;
    expect([conversationDetails.closeReason, conversationDetails.dialogs?.[0]?.closedBy]).toEqual([
      'SYSTEM',
      'SYSTEM',
    ]);
    expect(conversationDetails.dialogs?.length).toBe(1);
    clock.close();
  });
});
