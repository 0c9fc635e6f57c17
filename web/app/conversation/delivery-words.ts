import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { exactWords } from '../ui/time-words';
import type { Receipt } from './conversation-facts';
import type { Delivery, DeliveryFailure, DeliveryState, Echo } from './message';
import { roleWords } from './words';

// Each case is a whole sentence: languages differ in how they would put the parts together.

const STATES: Readonly<Record<DeliveryState, string>> = {
  sending: $localize`sending`,
  sent: $localize`sent`,
  accepted: $localize`accepted`,
  read: $localize`read`,
  failed: $localize`not sent`,
};

const WITHOUT_ECHO: Readonly<Record<DeliveryState, string>> = {
  sending: $localize`sending, its notification is missing`,
  sent: $localize`sent, its notification is missing`,
  accepted: $localize`accepted, its notification is missing`,
  read: $localize`read, its notification is missing`,
  failed: $localize`not sent, its notification is missing`,
};

const IN_HISTORY_ONLY: Readonly<Record<DeliveryState, string>> = {
  sending: STATES.sending,
  sent: $localize`sent, confirmed by history`,
  accepted: $localize`accepted, confirmed by history`,
  read: $localize`read, confirmed by history`,
  failed: STATES.failed,
};

/** How far an own message has come. */
export function deliveryWords({ state, echo, failure, clientMessageId }: Delivery): string {
  if (failure?.isAnswerMissing === true) return $localize`no answer`;
  if (echo === 'missing') return WITHOUT_ECHO[state];
  // Of what was written elsewhere the history tells as of everything else.
  return (echo === 'recorded' && clientMessageId !== null ? IN_HISTORY_ONLY : STATES)[state];
}

const ANSWERED: Readonly<Record<Echo, string>> = {
  came: $localize`answered, notification came back`,
  awaited: $localize`answered, no notification yet`,
  missing: $localize`answered, no notification came back`,
  recorded: $localize`known from the cloud’s history, no notification is`,
};

const UNANSWERED: Readonly<Record<Echo, string>> = {
  came: $localize`no answer yet, notification came back`,
  awaited: $localize`no answer yet, no notification yet`,
  missing: $localize`no answer yet, no notification came back`,
  recorded: ANSWERED.recorded,
};

/** Where a message comes from that no webhook brought. */
export const sourceWords = (isFromHistory: boolean): readonly string[] =>
  isFromHistory ? [ANSWERED.recorded] : [];

/** Whether answer and notification of an own message are here, or why none will come. */
export function knownWords({ isAnswered, echo, failure }: Delivery): string {
  if (failure?.isAnswerMissing !== false) return (isAnswered ? ANSWERED : UNANSWERED)[echo];
  return failure.problem.code === 'upstream-rejected'
    ? $localize`answered: refused, nothing was published`
    : $localize`nothing was published`;
}

/** By which evidence its state is known, sentence by sentence. */
export function deliveryEvidence(delivery: Delivery): readonly string[] {
  const { accepted, read } = delivery;
  return [
    knownWords(delivery),
    ...(accepted === null ? [] : [acceptedWords(accepted)]),
    ...(read === null ? [] : [readWords(read)]),
  ];
}

function acceptedWords({ role, by, at }: Receipt): string {
  const when = exactWords(at);
  return role === 'ASSIGNED_AGENT'
    ? $localize`accepted by agent ${by} at ${when}`
    : $localize`accepted by ${by} (${roleWords(role)}) at ${when}`;
}

function readWords({ role, by, at }: Receipt): string {
  const when = exactWords(at);
  return role === 'ASSIGNED_AGENT'
    ? $localize`read by agent ${by} at ${when}`
    : $localize`read by ${by} (${roleWords(role)}) at ${when}`;
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
