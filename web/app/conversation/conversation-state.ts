import type { ConsumerIdentity, LogEntry } from '#protocol/bridge-events';
import type { PublishingPlace } from '#protocol/connector/publish-request';
import { asDialogId, type AppKey, type ConversationId, type DialogId } from '#protocol/identifiers';
import type { ParticipantRole } from '#protocol/webhook-notification';

import { buildMessages } from './build-messages';
import {
  isAfter,
  type ChatStateFact,
  type ConversationFacts,
  type ParticipantFact,
} from './conversation-facts';
import { NOTHING_KNOWN, factsFor, withTold } from './facts-by-app';
import type { Message } from './message';
import { openSurveyOf, surveyStateOf, type SurveyState } from './survey-state';

/** A conversation as the screen shows it. */
export interface ConversationState {
  readonly id: ConversationId;
  /** `null` while the log knows the conversation from webhooks only. */
  readonly consumer: ConsumerIdentity | null;
  /** Who speaks, for a heading: as the log says, else as the cloud's history does. */
  readonly consumerName: string | null;
  /** Another server opened it: here it can be read, not written into. */
  readonly isElsewhere: boolean;
  readonly messages: readonly Message[];
  readonly phase: ConversationPhase;
  /** Where the next message of the consumer goes. */
  readonly dialog: Dialog;
  readonly survey: SurveyState;
  readonly closing: Closing | null;
  /** Everybody but the consumer, in the cloud's order. */
  readonly participants: readonly ParticipantFact[];
  readonly typing: Typing | null;
  /** When the newest entry was stored, epoch milliseconds. */
  readonly lastAt: number;
}

/** `survey`: the main dialog is closed, the survey's is open. @see PROTOCOL.md §11.1 */
export type ConversationPhase = 'open' | 'survey' | 'closed';

export interface Dialog {
  readonly dialogId: DialogId;
  readonly isSurvey: boolean;
}

/** Who ended the conversation and why, as far as the cloud said. */
export interface Closing {
  readonly by: string | null;
  readonly cause: string | null;
}

export interface Typing {
  readonly by: string;
  readonly role: ParticipantRole;
  /** When the chat state was stored; typing without an end is believed for {@link TYPING_LIMIT_MS} only. */
  readonly since: number;
}

/** No agent workspace repeats COMPOSING, and an end may be lost; after this the screen stops to claim it. */
export const TYPING_LIMIT_MS = 30_000;

/**
 * Everything the screen shows of a conversation, from its log alone. Order and repetition make no difference.
 *
 * @param appKey The app on the screen, for a conversation that the log does not know whose it is.
 */
export function replay(
  id: ConversationId,
  entries: readonly LogEntry[],
  appKey: AppKey | null = null,
): ConversationState {
  return toState(id, factsFor(withTold(NOTHING_KNOWN, entries), appKey));
}

/** The screen for what is known. */
export function toState(id: ConversationId, facts: ConversationFacts): ConversationState {
  const phase = phaseOf(facts);
  const consumerId = facts.opened?.consumer.consumerId;
  return {
    ...{ id, phase },
    ...speakerOf(facts),
    messages: buildMessages(facts),
    dialog: phase === 'survey' ? surveyOf(facts) : { dialogId: asDialogId(id), isSurvey: false },
    survey: surveyStateOf(facts),
    closing: phase === 'closed' ? closingOf(facts) : null,
    participants: (facts.details?.participants ?? []).filter(
      (participant) => participant.role !== 'CONSUMER' && participant.id !== consumerId,
    ),
    typing: phase === 'closed' ? null : typingOf(facts),
    lastAt: facts.lastAt,
  };
}

function speakerOf({
  opened,
  recorded,
}: ConversationFacts): Pick<ConversationState, 'consumer' | 'consumerName' | 'isElsewhere'> {
  return {
    consumer: opened?.consumer ?? null,
    consumerName: opened?.consumer.name ?? recorded?.consumerName ?? null,
    isElsewhere: opened === null && recorded !== null,
  };
}

/** Whether the dialog on the screen takes messages: between main dialog and survey there is none that does. */
export const isWritable = ({ phase, survey, isElsewhere }: ConversationState): boolean =>
  !isElsewhere && (phase === 'survey' || (phase === 'open' && survey.stage === 'none'));

/** Where a text goes that is written on the screen; `null` in a conversation that is still to be opened. */
export const placeOf = (state: ConversationState | null): PublishingPlace | null =>
  state === null ? null : { conversationId: state.id, dialogId: state.dialog.dialogId };

function phaseOf(facts: ConversationFacts): ConversationPhase {
  if (facts.details?.isClosed === true) return 'closed';
  return openSurveyOf(facts) === undefined ? 'open' : 'survey';
}

function surveyOf(facts: ConversationFacts): Dialog {
  const survey = openSurveyOf(facts);
  return { dialogId: survey?.dialogId ?? asDialogId(''), isSurvey: true };
}

function closingOf(facts: ConversationFacts): Closing {
  const main = [...facts.dialogs.values()].find((dialog) => dialog.type === 'MAIN');
  return {
    by: facts.details?.closeReason ?? main?.closedBy ?? null,
    cause: main?.closedCause ?? null,
  };
}

/**
 * Typing ends by any other chat state, by a message of the same person, with its dialog, and when nobody of the typist's role
 * is there any more. @see PROTOCOL.md §6.3.4
 */
function typingOf(facts: ConversationFacts): Typing | null {
  const composing = [...facts.chatStates.values()]
    .filter((state) => state.chatState === 'COMPOSING' && facts.dialogs.get(state.dialogId)?.isOpen !== false)
    .filter((state) => !hasWrittenSince(facts, state) && !hasLeftSince(facts, state))
    .sort((one, other) => other.logSequence - one.logSequence)[0];
  return composing === undefined
    ? null
    : { by: composing.originatorId, role: composing.role, since: composing.at };
}

function hasLeftSince({ details }: ConversationFacts, { role, logSequence }: ChatStateFact): boolean {
  if (details === null || details.logSequence < logSequence) return false;
  return details.participants.every((participant) => participant.role !== role);
}

function hasWrittenSince(facts: ConversationFacts, state: ChatStateFact): boolean {
  for (const message of facts.messages.values()) {
    if (message.originatorId === state.originatorId && isAfter(message, state)) return true;
  }
  return false;
}
