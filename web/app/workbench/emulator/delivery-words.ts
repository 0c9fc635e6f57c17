import type { DeliveryFailure, EmulatorDelivery, EmulatorEndpoint } from '#protocol/emulator-controls';

import type { StatusTone } from '../../ui/status-chip';
import { secondsWords, spanWords } from '../../ui/time-words';

/** “ContentEvent”: the name’s last part, without what all of them are. */
export const eventWords = (eventType: string): string =>
  (eventType.split('.').at(-1) ?? eventType).replace(/(?<=\w)Notification$/, '');

/** “localhost:9000/hook”: the address without what every one begins with. */
export const endpointWords = (endpoint: string): string => endpoint.replace(/^https?:\/\//, '');

const REASON_WORDS: Readonly<Record<DeliveryFailure, (ms: number) => string>> = {
  refused: () => $localize`connection refused`,
  'not-found': () => $localize`no such host`,
  'no-connection': (ms) => $localize`no connection in ${spanWords(ms)}`,
  'no-answer': (ms) => $localize`no answer in ${spanWords(ms)}`,
  'broken-off': () => $localize`broke off without an answer`,
  'switched-off': () => $localize`not sent: endpoint switched off`,
  elsewhere: () => $localize`not sent: the emulator calls this machine only`,
  unwanted: () => $localize`not sent: the app does not want it any more`,
  'no-room': () => $localize`not sent: too many webhooks wait`,
  certificate: () => $localize`its certificate is not trusted`,
  'no-tls': () => $localize`no secure connection`,
};

/** Which try it was, and what the endpoint answered or why it did not. */
export function tryWords(told: EmulatorDelivery): string {
  const answer = answerWords(told);
  if (told.redelivery !== null) return $localize`Redelivery ${told.redelivery}:number:: ${answer}:answer:`;
  return told.attempt === null ? answer : $localize`Attempt ${told.attempt}:number:: ${answer}:answer:`;
}

function answerWords({ status, reason, durationMs }: EmulatorDelivery): string {
  if (status !== null) return $localize`${status} in ${spanWords(durationMs)}`;
  return reason === null
    ? $localize`not sent: older than its retention time`
    : REASON_WORDS[reason](durationMs);
}

/** What became of a webhook by a try. */
export interface Fate {
  readonly words: string;
  readonly tone: StatusTone;
}

/** Whether it arrived, is tried again and when, or is lost. */
export function fateOf(told: EmulatorDelivery): Fate {
  switch (told.outcome) {
    case 'delivered':
      return { words: $localize`Delivered`, tone: 'ok' };
    case 'failed':
      return failedFate(told);
    case 'unwanted':
      return { words: $localize`Dropped`, tone: 'neutral' };
    case 'lost':
      // What becomes of the webhook itself is told by the emulator's own tries.
      return told.redelivery === null ? lostFate(told) : { words: $localize`Not taken`, tone: 'danger' };
    case 'expired':
      return lostFate(told);
    default:
      return told.outcome satisfies never;
  }
}

function lostFate({ redelivered }: EmulatorDelivery): Fate {
  return redelivered === null
    ? { words: $localize`Lost`, tone: 'danger' }
    : { words: $localize`Lost, redelivered`, tone: 'neutral' };
}

/** Which redelivery brought what was lost, and when; `null`: none did, or it was not lost. */
export function redeliveredWords({ outcome, redelivered }: EmulatorDelivery): string | null {
  if (redelivered === null || (outcome !== 'lost' && outcome !== 'expired')) return null;
  return $localize`Redelivery ${redelivered.redelivery}:number: was taken at ${secondsWords(redelivered.at)}:time:.`;
}

function failedFate({ nextAt, isTriedAgain, isGivenUp }: EmulatorDelivery): Fate {
  if (isTriedAgain) return { words: $localize`Tried again`, tone: 'neutral' };
  if (isGivenUp) return { words: $localize`Given up later`, tone: 'neutral' };
  return {
    words: nextAt === null ? $localize`Waits` : $localize`Again at ${secondsWords(nextAt)}`,
    tone: 'warn',
  };
}

/** What is wrong with an endpoint, for a heading of its own. */
export function troubleWords({ trouble, status }: EmulatorEndpoint): string {
  if (trouble === 'switched-off') return $localize`Switched off because it stayed slow`;
  if (trouble === 'slow') return $localize`Slow`;
  return status === null
    ? $localize`The last webhook was not taken`
    : $localize`The last webhook was answered ${status}`;
}

const REMEDIES: Readonly<Partial<Record<DeliveryFailure, string>>> = {
  refused: $localize`Nothing listens there. Start your connector, or correct the endpoint of the app.`,
  'not-found': $localize`Its host has no address. Correct the endpoint of the app.`,
  elsewhere: $localize`This emulator sends to its own machine only. Let your connector listen there, or correct the endpoint of the app.`,
  'no-connection': $localize`Its host cannot be reached. Correct the endpoint of the app.`,
  'no-answer': $localize`Answer 200 first and do the work afterwards.`,
  certificate: $localize`Give your connector a certificate for this host that this machine trusts, or use http.`,
  'no-tls': $localize`Nothing there speaks TLS as it should. Correct the endpoint: http or https.`,
};

/** What to do about it. */
export function remedyWords({ trouble, reason }: EmulatorEndpoint): string {
  if (trouble === 'switched-off')
    return $localize`Nothing is sent there. Let it answer 200 at once, then switch it on.`;
  if (trouble === 'slow')
    return $localize`Answer 200 first and do the work afterwards: what stays slow is switched off.`;
  return (
    (reason === null ? undefined : REMEDIES[reason]) ??
    $localize`Only 200 and 201 count as taken: look into your connector’s log.`
  );
}
