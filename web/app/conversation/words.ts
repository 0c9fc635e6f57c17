import type { ParticipantRole } from '#protocol/webhook-notification';

import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { exactWords } from '../ui/time-words';
import type { Receipt } from './conversation-facts';
import type { Closing } from './conversation-state';
import type { SurveyState } from './survey-state';
import type { Delivery, DeliveryFailure, DeliveryState, Echo, Message } from './message';

const ROLES: Readonly<Record<string, string>> = {
  CONSUMER: 'Consumer',
  ASSIGNED_AGENT: 'Agent',
  AGENT: 'Survey bot',
  MANAGER: 'Manager',
  READER: 'Reader',
  CONTROLLER: 'Automatic message',
};

/** Who that is, in a word; a role that is not known here keeps the cloud's name. @see PROTOCOL.md §11.5 */
export const roleWords = (role: ParticipantRole): string => ROLES[role] ?? role;

const STATES: Readonly<Record<DeliveryState, string>> = {
  sending: 'sending',
  sent: 'sent',
  accepted: 'accepted',
  read: 'read',
  failed: 'not sent',
};

export function deliveryWords({ state, echo, failure }: Delivery): string {
  if (failure?.isAnswerMissing === true) return 'no answer';
  return echo === 'missing' ? `${STATES[state]}, its notification is missing` : STATES[state];
}

/** What is known about a message's way, line by line: for its title. */
export function deliveryDetails(message: Message, delivery: Delivery): string {
  const { isAnswered, echo, accepted, read } = delivery;
  return [
    exactWords(message.at),
    message.sequence === null ? 'no sequence yet' : `sequence ${message.sequence}`,
    echo === 'recorded' ? ECHOES.recorded : `${isAnswered ? 'answered' : 'no answer yet'}, ${ECHOES[echo]}`,
    receiptLine('accepted', accepted),
    receiptLine('read', read),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

const ECHOES: Readonly<Record<Echo, string>> = {
  came: 'notification came back',
  awaited: 'no notification yet',
  missing: 'no notification came back',
  recorded: 'known from the cloud’s history, no notification is',
};

function receiptLine(what: string, receipt: Receipt | null): string | null {
  if (receipt === null) return null;
  return `${what} by ${roleWords(receipt.role).toLowerCase()} ${receipt.by} at ${exactWords(receipt.at)}`;
}

export function deliveryFailureWords({ problem, isAnswerMissing }: DeliveryFailure): FailureWords {
  const words = wordsOf(new BridgeFailure(problem));
  if (!isAnswerMissing) return words;
  return {
    ...words,
    title: 'No answer came, and no notification either',
    next: 'It may have arrived all the same. Trying again is safe: the same message is never published twice.',
  };
}

const CLOSERS: Readonly<Record<string, string>> = {
  CONSUMER: 'by the consumer',
  AGENT: 'by the agent',
  SYSTEM: 'by the system',
  TIMEOUT: 'after a time without messages',
};

export function closingWords({ by, cause }: Closing): string {
  const closer = by === null ? '' : (CLOSERS[by] ?? `by ${by}`);
  const why = cause === null || /^closed by/i.test(cause) ? '' : ` (${cause})`;
  return `Closed ${closer}`.trim() + why;
}

/** What became of the survey, for the strip of a closed conversation; empty when there was none. */
export function surveyEndWords({ stage, cause }: SurveyState): string {
  if (stage !== 'ended') return '';
  return cause === null ? ' · survey ended' : ` · survey: ${cause.toLowerCase()}`;
}
