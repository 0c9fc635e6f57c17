import { isFlowing, type Connection } from '../bridge/connection';
import type { FailureWords } from '../bridge/failure-words';
import { LANGUAGE } from '../ui/language';
import type { StatusTone } from '../ui/status-chip';

/** What the connection chip says. */
export interface ConnectionWords {
  readonly label: string;
  /** The label without its numbers, for a screen reader that should hear a change once. */
  readonly state: string;
  /** Its numbers, as the label has them after the state; empty without any. */
  readonly measure: string;
  readonly tone: StatusTone;
  readonly explanation: string;
}

/** Words for the state of the event stream at the moment `now` (epoch milliseconds). */
export function connectionWords(connection: Connection, now: number): ConnectionWords {
  switch (connection.kind) {
    case 'closed':
      return words($localize`Closed`, 'neutral', $localize`This page is not connected to the server.`);
    case 'connecting':
      return words($localize`Connecting`, 'info', $localize`This page is connecting to the server.`);
    case 'live':
      return words($localize`Live`, 'ok', LIVE);
    case 'catching-up':
      return catchingUp(connection.received);
    case 'gap':
      return words($localize`Gap`, 'warn', GAP, missedWords(connection.missed));
    case 'reconnecting':
      return words(
        $localize`Reconnecting`,
        'warn',
        RECONNECTING,
        $localize`for ${secondsSince(connection.since, now)} s`,
      );
    case 'offline':
      return words(
        $localize`Offline`,
        'danger',
        $localize`The browser has no network. This page goes on by itself as soon as there is one.`,
      );
    default:
      return connection satisfies never;
  }
}

/** The same where the bridge lives but told that it cannot store what happens: that matters more. */
export function chipWords(connection: Connection, isStoring: boolean, now: number): ConnectionWords {
  return isFlowing(connection) && !isStoring ? NOT_STORING : connectionWords(connection, now);
}

/** The bridge answers, but gives no stream, and said why. */
export function refusedWords({ title, next, detail }: FailureWords): ConnectionWords {
  const exactly = detail === null ? '' : ` ${detail}`;
  return words($localize`Refused`, 'danger', `${title}. ${next}${exactly}`);
}

/** How long ago the bridge proved to be alive. */
export function lastHeardWords(heardAt: number | null, now: number): string {
  if (heardAt === null) return $localize`No sign of life yet.`;
  const seconds = secondsSince(heardAt, now);
  return seconds === 0
    ? $localize`Last sign of life just now.`
    : $localize`Last sign of life ${seconds} s ago.`;
}

const GAP = $localize`The server removed old events before this page saw them. What follows is complete.`;
const LIVE = $localize`Requests, webhooks and messages show in the workbench as they happen.`;
const RECONNECTING = $localize`This page has lost the server and keeps trying. What the server stores meanwhile shows as soon as it is back.`;

const NOT_STORING = words(
  $localize`Not storing`,
  'danger',
  $localize`The server could not store what happened last: its disk may be full. It refuses webhooks until it can, so that the cloud sends them again. Its log names the cause.`,
);

function words(state: string, tone: StatusTone, explanation: string, measure?: string): ConnectionWords {
  const numbers = measure === undefined ? '' : $localize`(${measure})`;
  return { label: `${state} ${numbers}`.trim(), state, measure: numbers, tone, explanation };
}

function catchingUp(received: number): ConnectionWords {
  const count = received.toLocaleString(LANGUAGE);
  const explanation =
    received === 1
      ? $localize`1 stored event that this page had not seen has arrived; more are on their way.`
      : $localize`${count} stored events that this page had not seen have arrived; more are on their way.`;
  return words($localize`Catching up`, 'info', explanation, $localize`${count} so far`);
}

const secondsSince = (then: number, now: number): number => Math.max(0, Math.floor((now - then) / 1000));

const missedWords = (missed: number | null): string =>
  missed === null ? $localize`some missed` : $localize`${missed.toLocaleString(LANGUAGE)} missed`;
