import type { ClientFeature } from '#protocol/connector/envelope';
import { asDialogId } from '#protocol/identifiers';

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
  buildText,
  closeMain,
  closeSurvey,
  conversationAfter,
  join,
  joining,
  saying,
} from '../testing/conversation-builders.ts';
import type { ConversationCommand } from './conversation-commands.ts';
import { decide } from './conversation-decision.ts';
import type { Closer, ConversationState } from './conversation-state.ts';

const LATER = OPENED_AT + 600_000;
const OTHER_AGENT = 'b7a1';
const MANAGER = 'm4n4';

const leave = (participantId: string, dialogId = MAIN): ConversationCommand => ({
  type: 'leave',
  participantId,
  dialogId,
});
const closeAll = (by: Closer): ConversationCommand => ({ type: 'close', by, survey: buildSurveyOffer() });
const toSkill = (skillId: string, suggestedAgentId?: string): ConversationCommand => ({
  type: 'change-skill',
  skillId,
  ...(suggestedAgentId !== undefined && { suggestedAgentId }),
});
const rich = saying(AGENT, { event: { type: 'RichContentEvent', content: { type: 'vertical' } } });
const withReplies = saying(AGENT, { event: { ...buildText(), quickReplies: { type: 'quickReplies' } } });

/** A conversation in a few words: state, stage and why it closed; then each dialog with who is in it. */
function inShort({ stage, closeReason, skillId, dialogs }: ConversationState): string {
  const parts = dialogs.map(({ type, state, participants, closedBy, suggestedAgentId }) => {
    const people = participants.map(({ role }) => role.toLowerCase()).join(' ');
    const by = closedBy === null ? '' : ` by ${closedBy}`;
    const offered = suggestedAgentId === null ? '' : ` offered to ${suggestedAgentId}`;
    return `${type} ${state}${by} (${people})${offered}`;
  });
  const skill = skillId === '-1' ? '' : `, skill ${skillId}`;
  return `${dialogs[0].state}/${stage}${closeReason ? ` ${closeReason}` : ''}${skill}: ${parts.join(', ')}`;
}

interface Rule {
  /** What is documented, and where. */
  readonly rule: string;
  readonly given?: readonly ConversationCommand[];
  /** What the client announced; everything unless said otherwise. */
  readonly features?: readonly ClientFeature[];
  readonly when: ConversationCommand;
  /** The conversation in short, or why it does not change. */
  readonly then: string;
}

const inSurvey = [joining, closeMain('CONSUMER')];
const ALONE = '(consumer)';
const SERVED = '(consumer assigned_agent)';
const SURVEYED = 'POST_SURVEY OPEN (consumer reader)';

const rules: readonly Rule[] = [
  // Participants
  {
    rule: '§11.2: an agent who takes it is its assigned agent',
    when: joining,
    then: `OPEN/OPEN: MAIN OPEN ${SERVED}`,
  },
  {
    rule: '§11.5: a manager takes part beside the agent',
    given: [joining],
    when: join(MANAGER, 'MANAGER'),
    then: 'OPEN/OPEN: MAIN OPEN (consumer assigned_agent manager)',
  },
  {
    rule: '§11.5: somebody may only read',
    given: [joining],
    when: join(MANAGER, 'READER'),
    then: 'OPEN/OPEN: MAIN OPEN (consumer assigned_agent reader)',
  },
  {
    rule: '§11.5: the bot of automatic messages comes as CONTROLLER',
    when: join('c0', 'CONTROLLER'),
    then: 'OPEN/OPEN: MAIN OPEN (consumer controller)',
  },
  { rule: '§11.5: AGENT is for survey bots', when: join('b0', 'AGENT'), then: 'role-not-allowed' },
  { rule: '§11.5: nobody else is CONSUMER', when: join('x', 'CONSUMER'), then: 'role-not-allowed' },
  { rule: '§11.5: the consumer is nobody else', when: join(CONSUMER, 'MANAGER'), then: 'role-not-allowed' },
  {
    rule: '§10.3: one agent has it at a time',
    given: [joining],
    when: join(OTHER_AGENT, 'ASSIGNED_AGENT'),
    then: 'already-assigned',
  },
  {
    rule: '§11.5: who takes another role is not listed twice',
    given: [join(MANAGER, 'MANAGER')],
    when: join(MANAGER, 'ASSIGNED_AGENT'),
    then: `OPEN/OPEN: MAIN OPEN ${SERVED}`,
  },
  {
    rule: '§11.1: there is no joining of an unknown dialog',
    when: join(AGENT, 'READER', SURVEY),
    then: 'unknown-dialog',
  },
  {
    rule: '§10.3: back to the queue',
    given: [joining],
    when: leave(AGENT),
    then: `OPEN/OPEN: MAIN OPEN ${ALONE}`,
  },
  {
    rule: '§10.3: an agent who is not there cannot be removed',
    when: leave(AGENT),
    then: 'not-a-participant',
  },
  { rule: '§11.5: the consumer cannot be removed', when: leave(CONSUMER), then: 'role-not-allowed' },
  { rule: '§11.1: nobody leaves an unknown dialog', when: leave(AGENT, SURVEY), then: 'unknown-dialog' },
  // Transfer
  {
    rule: '§11.2: another skill takes over and the agent is gone',
    given: [joining, join(MANAGER, 'MANAGER')],
    when: toSkill('4711'),
    then: 'OPEN/OPEN, skill 4711: MAIN OPEN (consumer manager)',
  },
  {
    rule: '§10.3: to an agent: offered to it until it takes it',
    given: [joining],
    when: toSkill('4711', OTHER_AGENT),
    then: `OPEN/OPEN, skill 4711: MAIN OPEN ${ALONE} offered to ${OTHER_AGENT}`,
  },
  {
    rule: '§10.3: who takes it is offered nothing more',
    given: [joining, toSkill('4711', OTHER_AGENT)],
    when: join(OTHER_AGENT, 'ASSIGNED_AGENT'),
    then: `OPEN/OPEN, skill 4711: MAIN OPEN ${SERVED}`,
  },
  // Close
  ...(['CONSUMER', 'AGENT', 'MANAGER', 'SYSTEM'] as const).map((by) => ({
    rule: `§11.2: closed as a whole by ${by} while nobody is assigned`,
    when: closeAll(by),
    then: `CLOSE/CLOSE ${by}: MAIN CLOSE by ${by} ${ALONE}`,
  })),
  {
    rule: '§11.2: the last open dialog takes the conversation with it',
    when: closeMain('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${ALONE}`,
  },
  {
    rule: '§11.2: a dialog that is not there cannot be closed',
    when: { type: 'close-dialog', dialogId: asDialogId('x'), by: 'CONSUMER', cause: null },
    then: 'unknown-dialog',
  },
  // Survey
  {
    rule: '§11.3: a survey follows the DialogChange of the consumer',
    given: [joining],
    when: closeMain('CONSUMER'),
    then: `CLOSE/OPEN CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}, ${SURVEYED}`,
  },
  {
    rule: '§11.3: … and the close by the agent, in either way',
    given: [joining],
    when: closeMain('AGENT'),
    then: `CLOSE/OPEN AGENT: MAIN CLOSE by AGENT ${SERVED}, ${SURVEYED}`,
  },
  {
    rule: '§11.3: … also when the agent closes all',
    given: [joining],
    when: closeAll('AGENT'),
    then: `CLOSE/OPEN AGENT: MAIN CLOSE by AGENT ${SERVED}, ${SURVEYED}`,
  },
  {
    rule: '§11.3: none when the consumer closes all (ConversationStateField, Stage)',
    given: [joining],
    when: closeAll('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}`,
  },
  {
    rule: '§11.3: none at auto-close',
    given: [joining],
    when: closeMain('SYSTEM'),
    then: `CLOSE/CLOSE SYSTEM: MAIN CLOSE by SYSTEM ${SERVED}`,
  },
  {
    rule: '§11.3: none while it waits in the queue',
    given: [joining, leave(AGENT)],
    when: closeMain('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${ALONE}`,
  },
  {
    rule: '§11.3: none where none is configured',
    given: [joining],
    when: { type: 'close-dialog', dialogId: MAIN, by: 'CONSUMER', cause: null, survey: null },
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}`,
  },
  ...SURVEY_FEATURES.map((missing) => ({
    rule: `§11.3: none for a client without ${missing}`,
    given: [joining],
    features: SURVEY_FEATURES.filter((feature) => feature !== missing),
    when: closeMain('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}`,
  })),
  {
    rule: '§6.1: features hold only as long as they are announced',
    given: [joining, { type: 'announce', features: [] }],
    when: closeMain('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}`,
  },
  {
    rule: '§11.3: the bot joins a moment later',
    given: inSurvey,
    when: join(SURVEY_BOT, 'AGENT', SURVEY),
    then: `CLOSE/OPEN CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}, POST_SURVEY OPEN (consumer reader agent)`,
  },
  {
    rule: '§11.5: no agent is assigned to a survey',
    given: inSurvey,
    when: join(OTHER_AGENT, 'ASSIGNED_AGENT', SURVEY),
    then: 'role-not-allowed',
  },
  {
    rule: '§8.4.12: completed by the bot, the reason stays',
    given: inSurvey,
    when: closeSurvey('AGENT'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}, POST_SURVEY CLOSE by AGENT (consumer reader)`,
  },
  {
    rule: '§11.2: Stage or ConversationStateField ends a survey',
    given: inSurvey,
    when: closeAll('CONSUMER'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}, POST_SURVEY CLOSE by CONSUMER (consumer reader)`,
  },
  {
    rule: '§11.2: a survey that is closed by an agent is followed by no other',
    given: inSurvey,
    when: closeAll('AGENT'),
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${SERVED}, POST_SURVEY CLOSE by AGENT (consumer reader)`,
  },
  {
    rule: '§11.2: the closed main dialog is not closed again',
    given: inSurvey,
    when: closeMain('AGENT'),
    then: 'dialog-closed',
  },
  { rule: '§11.2: nobody joins it', given: inSurvey, when: join(MANAGER, 'MANAGER'), then: 'dialog-closed' },
  { rule: '§11.2: nobody leaves it', given: inSurvey, when: leave(AGENT), then: 'dialog-closed' },
  { rule: '§11.2: nor is it transferred', given: inSurvey, when: toSkill('4711'), then: 'dialog-closed' },
  {
    rule: '§11.6: nor is it urgent any more',
    given: inSurvey,
    when: { type: 'change-ttr', ttr: { ttrType: 'URGENT', value: 60 } },
    then: 'dialog-closed',
  },
  { rule: '§14.2 #8: nothing is said in it', given: inSurvey, when: saying(CONSUMER), then: 'dialog-closed' },
  // After the end
  ...[
    saying(CONSUMER),
    joining,
    leave(AGENT),
    toSkill('1'),
    closeMain('AGENT'),
    closeAll('AGENT'),
    { type: 'announce', features: [] } as const,
  ].map((when) => ({
    rule: `§11.2: after the end there is no ${when.type}`,
    given: [joining, closeAll('CONSUMER')],
    when,
    then: 'conversation-closed',
  })),
  {
    rule: '§6.4: the old-style rating comes after the end',
    given: [closeAll('CONSUMER')],
    when: { type: 'rate', csat: { csatRate: 4, status: 'FILLED' } },
    then: `CLOSE/CLOSE CONSUMER: MAIN CLOSE by CONSUMER ${ALONE}`,
  },
  // Speaking
  { rule: '§14.2 #8: only who is there speaks', when: saying(AGENT), then: 'not-a-participant' },
  {
    rule: '§11.5: a reader only reads',
    given: [join(AGENT, 'READER')],
    when: saying(AGENT),
    then: 'role-not-allowed',
  },
  {
    rule: '§6.1: agents send structured content only to clients with RICH_CONTENT',
    given: [joining],
    features: ['QUICK_REPLIES'],
    when: rich,
    then: 'feature-missing',
  },
  {
    rule: '§6.1: … and quick replies only to those with QUICK_REPLIES',
    given: [joining],
    features: ['RICH_CONTENT'],
    when: withReplies,
    then: 'feature-missing',
  },
  {
    rule: '§6.1: clients that can are sent it',
    given: [joining],
    when: rich,
    then: `OPEN/OPEN: MAIN OPEN ${SERVED}`,
  },
  {
    rule: '§6.3.3: the consumer may send it whatever its client shows',
    features: [],
    when: saying(CONSUMER, { event: { type: 'RichContentEvent', content: { type: 'vertical' } } }),
    then: `OPEN/OPEN: MAIN OPEN ${ALONE}`,
  },
];

describe('The rules of a conversation’s life (§11)', () => {
  for (const { rule, given = [], features = SURVEY_FEATURES, when, then } of rules) {
    it(rule, () => {
      const state = conversationAfter(buildOpening({ features }), given);

      const decision = decide(state, when, LATER);

      expect(decision.outcome === 'refused' ? decision.reason : inShort(decision.state)).toBe(then);
    });
  }
});
