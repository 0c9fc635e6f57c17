import { isWaiting } from '../bridge/connection';
import type { EventLog } from '../bridge/event-log';
import { streamRefusal } from '../bridge/stream-refusal';

/** Why a conversation that was chosen is not here yet, and what helps. */
export function notLoadedWords(log: Pick<EventLog, 'connection' | 'refusal'>): string {
  const refusal = streamRefusal(log);
  if (refusal !== null) return `${refusal.title}. ${refusal.next}`;
  return isWaiting(log.connection())
    ? $localize`There is no connection to the server. The conversation loads when there is one.`
    : $localize`The conversation is loading`;
}
