import { isWaiting } from './connection';
import type { EventLog } from './event-log';
import { wordsOf, type FailureWords } from './failure-words';

/** Why the bridge gives this tab no stream, in words; `null` while it does, or nobody knows. */
export function streamRefusal(log: Pick<EventLog, 'connection' | 'refusal'>): FailureWords | null {
  const refusal = log.refusal();
  return refusal !== null && isWaiting(log.connection()) ? wordsOf(refusal) : null;
}
