import type { ParticipantRole } from '#protocol/webhook-notification';

import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { exactWords } from '../ui/time-words';
import type { Receipt } from './conversation-facts';
import type { Closing, ConversationPhase } from './conversation-state';
import type { SurveyState } from './survey-state';
import type { Delivery, DeliveryFailure, DeliveryState, Echo, Message } from './message';

const ROLES: Readonly<Record<string, string>> = {
  CONSUMER: $localize`Consumer`,
  ASSIGNED_AGENT: $localize`Agent`,
  AGENT: $localize`Survey bot`,
  MANAGER: $localize`Manager`,
  READER: $localize`Reader`,
  CONTROLLER: $localize`Automatic message`,
};

/** Who that is, in a word; a role that is not known here keeps the cloud's name. @see PROTOCOL.md §11.5 */
export const roleWords = (role: ParticipantRole): string => ROLES[role] ?? role;

const PHASES: Readonly<Record<ConversationPhase, string>> = {
  open: $localize`open`,
  survey: $localize`survey`,
  closed: $localize`closed`,
};

/** How far a conversation is. */
export const phaseWords = (phase: ConversationPhase): string => PHASES[phase];

const STATES: Readonly<Record<DeliveryState, string>> = {
  sending: $localize`sending`,
  sent: $localize`sent`,
  accepted: $localize`accepted`,
  read: $localize`read`,
  failed: $localize`not sent`,
};

export function deliveryWords({ state, echo, failure }: Delivery): string {
  if (failure?.isAnswerMissing === true) return $localize`no answer`;
  return echo === 'missing' ? $localize`${STATES[state]}, its notification is missing` : STATES[state];
}

/** What is known about a message's way, line by line: for its title. */
export function deliveryDetails(message: Message, delivery: Delivery): string {
  const { isAnswered, echo, accepted, read } = delivery;
  return [
    exactWords(message.at),
    message.sequence === null ? $localize`no sequence yet` : $localize`sequence ${message.sequence}`,
    echo === 'recorded'
      ? ECHOES.recorded
      : `${isAnswered ? $localize`answered` : $localize`no answer yet`}, ${ECHOES[echo]}`,
    receiptLine(STATES.accepted, accepted),
    receiptLine(STATES.read, read),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

const ECHOES: Readonly<Record<Echo, string>> = {
  came: $localize`notification came back`,
  awaited: $localize`no notification yet`,
  missing: $localize`no notification came back`,
  recorded: $localize`known from the cloud’s history, no notification is`,
};

function receiptLine(what: string, receipt: Receipt | null): string | null {
  if (receipt === null) return null;
  return $localize`${what} by ${roleWords(receipt.role).toLowerCase()} ${receipt.by} at ${exactWords(receipt.at)}`;
}

export function deliveryFailureWords({ problem, isAnswerMissing }: DeliveryFailure): FailureWords {
  const words = wordsOf(new BridgeFailure(problem));
  if (!isAnswerMissing) return words;
  return {
    ...words,
    title: $localize`No answer came, and no notification either`,
    next: $localize`It may have arrived all the same. Trying again is safe: the same message is never published twice.`,
  };
}

const CLOSERS: Readonly<Record<string, string>> = {
  CONSUMER: $localize`Closed by the consumer`,
  AGENT: $localize`Closed by the agent`,
  SYSTEM: $localize`Closed by the system`,
  TIMEOUT: $localize`Closed after a time without messages`,
};

/** That a conversation is closed, and by whom as far as that is known. */
export function closerWords({ by }: Closing): string {
  return by === null ? $localize`Closed` : (CLOSERS[by] ?? $localize`Closed by ${by}`);
}

/** The same with the cloud's reason. */
export function closingWords(closing: Closing): string {
  const { cause } = closing;
  const why = cause === null || /^closed by/i.test(cause) ? '' : ` (${cause})`;
  return closerWords(closing) + why;
}

/** What became of the survey, for the strip of a closed conversation; empty when there was none. */
export function surveyEndWords({ stage, cause }: SurveyState): string {
  if (stage !== 'ended') return '';
  return cause === null ? $localize` · survey ended` : $localize` · survey: ${cause.toLowerCase()}`;
}
