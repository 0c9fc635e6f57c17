import { isFlowing, type Connection } from '../bridge/connection';
import { LANGUAGE } from '../ui/language';
import type { StatusTone } from '../ui/status-chip';

/** What the connection chip says. */
export interface ConnectionWords {
  readonly label: string;
  /** The label without its numbers, for a screen reader that should hear a change once. */
  readonly state: string;
  readonly tone: StatusTone;
  readonly explanation: string;
}

/** Words for the state of the event stream at the moment `now` (epoch milliseconds). */
export function connectionWords(connection: Connection, now: number): ConnectionWords {
  switch (connection.kind) {
    case 'closed':
      return words($localize`Closed`, 'neutral', $localize`The event stream is closed.`);
    case 'connecting':
      return words($localize`Connecting`, 'info', $localize`The event stream is being opened.`);
    case 'live':
      return words($localize`Live`, 'ok', $localize`Everything that the server stores shows here at once.`);
    case 'catching-up':
      return words($localize`Catching up`, 'info', CATCHING_UP, connection.received.toLocaleString(LANGUAGE));
    case 'gap':
      return words($localize`Gap`, 'warn', GAP, missedWords(connection.missed));
    case 'reconnecting':
      return words(
        $localize`Reconnecting`,
        'warn',
        RECONNECTING,
        $localize`${secondsSince(connection.since, now)} s`,
      );
    case 'offline':
      return words(
        $localize`Offline`,
        'danger',
        $localize`This machine has no network. The stream resumes by itself.`,
      );
    default:
      return connection satisfies never;
  }
}

/** The same where the bridge lives but told that it cannot store what happens: that matters more. */
export function chipWords(connection: Connection, isStoring: boolean, now: number): ConnectionWords {
  return isFlowing(connection) && !isStoring ? NOT_STORING : connectionWords(connection, now);
}

/** How long ago the bridge proved to be alive. */
export function lastHeardWords(heardAt: number | null, now: number): string {
  if (heardAt === null) return $localize`Nothing heard from the server yet.`;
  return $localize`Last sign of life ${secondsSince(heardAt, now)} s ago.`;
}

const CATCHING_UP = $localize`Stored events that this page has not seen yet are arriving.`;
const GAP = $localize`The server removed old events before this page saw them. What follows is complete.`;
const RECONNECTING = $localize`The server is silent. Nothing is lost: it stores every event until this page is back.`;

const NOT_STORING = words(
  $localize`Not storing`,
  'danger',
  $localize`The server could not store what happened last: its disk may be full. It refuses webhooks until it can, so that the cloud sends them again. Its log names the cause.`,
);

function words(state: string, tone: StatusTone, explanation: string, measure?: string): ConnectionWords {
  const label = measure === undefined ? state : $localize`${state} (${measure})`;
  return { label, state, tone, explanation };
}

const secondsSince = (then: number, now: number): number => Math.max(0, Math.floor((now - then) / 1000));

const missedWords = (missed: number | null): string =>
  missed === null ? $localize`some missed` : $localize`${missed.toLocaleString(LANGUAGE)} missed`;
