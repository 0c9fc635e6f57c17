import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { exactWords, secondsWords } from '../ui/time-words';
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
  if (failure?.isAnswerMissing === true) return lostWords(failure);
  if (failure !== null && isRefused(failure)) return $localize`refused`;
  if (echo === 'missing') return WITHOUT_ECHO[state];
  // Of what was written elsewhere the history tells as of everything else.
  return (echo === 'recorded' && clientMessageId !== null ? IN_HISTORY_ONLY : STATES)[state];
}

function lostWords({ problem, isReplaced }: DeliveryFailure): string {
  const isAnswered = isAnsweredBadly(problem);
  if (isReplaced) return isAnswered ? $localize`unknown, sent again` : $localize`no answer, sent again`;
  return isAnswered ? $localize`unknown` : $localize`no answer`;
}

/** It was sent, and the answer was no. */
const isRefused = ({ problem }: DeliveryFailure): boolean => problem.code === 'upstream-rejected';

/** An error of the cloud's own says nothing about whether it took the message. */
const isAnsweredBadly = (problem: DeliveryFailure['problem']): boolean =>
  'upstream' in problem && typeof problem.upstream.status === 'number';

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
  if (failure?.isAnswerMissing === true && isAnsweredBadly(failure.problem)) {
    return $localize`answered with an error, no notification came back`;
  }
  if (failure?.isAnswerMissing !== false) return (isAnswered ? ANSWERED : UNANSWERED)[echo];
  return isRefused(failure)
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

/** @param readAt When the cloud's history was read last, since the message was written; epoch milliseconds */
export function deliveryFailureWords(failure: DeliveryFailure, readAt: number | null): FailureWords {
  const { problem, isAnswerMissing } = failure;
  const words = wordsOf(new BridgeFailure(problem));
  if (isRefused(failure)) return { ...words, next: nextOfRefused(problem) };
  if (!isAnswerMissing) return words;
  const title = isAnsweredBadly(problem)
    ? $localize`The cloud answered with an error, and no notification came`
    : $localize`No answer came, and no notification either`;
  return { ...words, title, next: nextOfLost(failure, readAt) };
}

function nextOfRefused(problem: DeliveryFailure['problem']): string {
  return saysWhy(problem)
    ? $localize`The answer says why. Mend that, then try again or write it differently.`
    : $localize`The answer gives no reason. Look at the request for what may be wrong in it, then try again or write it differently.`;
}

/** “Bad Request” repeats the status, in words or as a code. @see PROTOCOL.md §6.6 */
function saysWhy(problem: DeliveryFailure['problem']): boolean {
  const { status = null, code = null, message = null } = ('upstream' in problem && problem.upstream) || {};
  return [code, message].some((told) => told !== null && told !== `${status}` && !BARE.test(told.trim()));
}

const BARE = /^(bad[ _]request[.!]?)?$/i;

/** Whether handing it to the bridge again brings anything: there it is published once, and never again when nobody knows. */
export const canRetry = ({ problem, isAnswerMissing }: DeliveryFailure): boolean =>
  !isAnswerMissing || problem.code === 'bridge-unreachable';

function nextOfLost(failure: DeliveryFailure, readAt: number | null): string {
  if (canRetry(failure)) {
    return $localize`It may have arrived all the same. Trying again is safe: the same message is never published twice.`;
  }
  return readAt === null
    ? $localize`It may have arrived all the same: then the cloud’s history has it. Sent as a new message, the agent may get it twice.`
    : $localize`The cloud’s history, read at ${secondsWords(readAt)}, does not have it; it can lag behind by minutes. Sent as a new message, the agent may get it twice.`;
}
