import type { NotificationReceived } from '#protocol/bridge-events';
import { isMessageChange } from '#protocol/webhook-notification';

import { spanWords } from '../ui/time-words';

/** What was odd about a webhook's arrival. */
export interface ArrivalMark {
  readonly kind: 'duplicate' | 'late';
  /** In a sentence. */
  readonly words: string;
  /** How often the bridge let it fall, for what it recognised as the same. */
  readonly repetitions?: number;
}

const KINDS: Readonly<Record<ArrivalMark['kind'], string>> = {
  duplicate: $localize`duplicate`,
  late: $localize`late`,
};

/** The mark in a word or two. */
export const markWords = ({ kind, repetitions = 0 }: ArrivalMark): string =>
  repetitions > 1 ? $localize`${repetitions} duplicates` : KINDS[kind];

/** So much time between the cloud's stamp and the arrival is more than a slow network. */
export const LATE_AFTER_MS = 10_000;

/**
 * Reads from a log, entry by entry, which webhooks came again or after younger ones. Each app of the account has its own
 * deliveries: what came for one is no duplicate of what came for another, nor overtaken by it.
 *
 * What the bridge recognises as a repetition it counts in an entry of its own. @see PROTOCOL.md §8.1, §8.7
 */
export class ArrivalBook {
  private readonly seen = new Set<string>();
  private readonly newest = new Map<string, number>();

  /** Call it once per entry, in the log's order. */
  marksOf({ appKey, change, at }: NotificationReceived & { readonly at: number }): readonly ArrivalMark[] {
    if (!isMessageChange(change) || change.sequence === undefined) return [];
    const { dialogId, sequence, serverTimestamp } = change;
    const line = `${appKey}/${dialogId}`;
    const key = `${line}/${sequence}`;
    if (this.seen.has(key)) {
      return [{ kind: 'duplicate', words: $localize`Sequence ${sequence} of this dialog had come before.` }];
    }
    this.seen.add(key);
    const newest = this.newest.get(line) ?? -1;
    this.newest.set(line, Math.max(newest, sequence));
    const delayMs = at - (serverTimestamp ?? at);
    if (sequence < newest) return [overtaken(newest, delayMs)];
    return delayMs > LATE_AFTER_MS ? [{ kind: 'late', words: delayed(delayMs) }] : [];
  }
}

function overtaken(newest: number, delayMs: number): ArrivalMark {
  const before = $localize`Sequence ${newest}, which was sent after it, had come before it.`;
  return { kind: 'late', words: delayMs > LATE_AFTER_MS ? `${before} ${delayed(delayMs)}` : before };
}

const delayed = (delayMs: number): string =>
  $localize`It came ${spanWords(delayMs)} after the cloud’s stamp.`;
