import type { ContentEvent } from '#protocol/connector/events';
import { asAccountId, asConsumerId, asConversationId, asDialogId } from '#protocol/identifiers';

import type { Accepted, ConversationCommand, PublishCommand } from '../state/conversation-commands.ts';
import { decide, open } from '../state/conversation-decision.ts';
import type { Closer, ConversationOpening, ConversationState, Role } from '../state/conversation-state.ts';
import type { SurveyOffer } from '../state/conversation-survey.ts';

export const CONSUMER = 'ade26082';
export const AGENT = '29c3019d-fe0b-5200-afe8-737abfeae4b4';
export const MAIN = asDialogId('5491244f');
export const OPENED_AT = 1_544_178_732_211;

export const buildText = (message = 'Hello'): ContentEvent => ({
  type: 'ContentEvent',
  message,
  contentType: 'text/plain',
});

export const buildOpening = (more: Partial<ConversationOpening> = {}): ConversationOpening => ({
  id: asConversationId(MAIN),
  account: asAccountId('demo'),
  consumerId: asConsumerId(CONSUMER),
  skillId: '-1',
  campaign: null,
  context: null,
  features: [],
  ttr: { ttrType: 'PRIORITIZED', value: 600 },
  ...more,
});

export const SURVEY = asDialogId('PwT_YK91Sum3vu5H6T3YnA');
export const SURVEY_BOT = '2fa9ac85-d8a9-5bd6-8384-8c32dabae97f';
/** What a client must announce so that a survey can follow. @see PROTOCOL.md §11.3 */
export const SURVEY_FEATURES = ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'] as const;

export const buildSurveyOffer = (more: Partial<SurveyOffer> = {}): SurveyOffer => ({
  dialogId: SURVEY,
  appInstallId: '756e7363-4472-4ae1-b1ae-b3b0b52107a0',
  isListedFirst: false,
  ...more,
});

/** A conversation that was opened and to which all this happened since, a second apart. */
export const buildConversation = (...commands: readonly ConversationCommand[]): ConversationState =>
  conversationAfter(buildOpening(), commands);

/** The same of a conversation that was opened with something special. */
export function conversationAfter(
  opening: ConversationOpening,
  commands: readonly ConversationCommand[],
): ConversationState {
  const { state } = open(opening, OPENED_AT);
  return commands.reduce((next, command, index) => {
    return accepted(next, command, OPENED_AT + 1000 * (index + 1)).state;
  }, state);
}

/** The decision on a command that must be accepted. */
export function accepted(state: ConversationState, command: ConversationCommand, at: number): Accepted {
  const decision = decide(state, command, at);
  if (decision.outcome === 'refused') throw new Error(`${command.type} was refused: ${decision.reason}`);
  return decision;
}

export const joining: ConversationCommand = {
  type: 'join',
  participant: { id: AGENT, role: 'ASSIGNED_AGENT' },
};

export const saying = (by: string, more: Partial<PublishCommand> = {}): PublishCommand => ({
  type: 'publish',
  by,
  dialogId: MAIN,
  event: buildText(),
  ...more,
});

/** Somebody joins a dialog; the main one unless told. */
export const join = (id: string, role: Role, dialogId = MAIN): ConversationCommand => ({
  type: 'join',
  participant: { id, role },
  dialogId,
});

/** The main dialog closes and a survey may follow. */
export const closeMain = (by: Closer, survey = buildSurveyOffer()): ConversationCommand => ({
  type: 'close-dialog',
  dialogId: MAIN,
  by,
  cause: 'Done',
  survey,
});

/** The survey closes, completed. */
export const closeSurvey = (by: Closer): ConversationCommand => ({
  type: 'close-dialog',
  dialogId: SURVEY,
  by,
  cause: 'Completed',
});
