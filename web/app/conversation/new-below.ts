import type { MessageKey } from './conversation-facts';
import type { Message } from './message';

/** How many of others came after the message with the id `seen`. */
export function countNew(messages: readonly Message[], seen: string | null): number {
  const last = messages.findLastIndex(({ id }) => id === seen);
  return last < 0 ? 0 : messages.filter(({ isOwn }, at) => at > last && !isOwn).length;
}

/** Id of the newest message that was seen: `seen`, or one after it that is in view. */
export function newestSeenOf(
  messages: readonly Message[],
  seen: string | null,
  inView: ReadonlySet<MessageKey>,
): string | null {
  const newest = messages.findLast(({ id, key }) => id === seen || (key !== null && inView.has(key)));
  return newest?.id ?? seen;
}

/** Tells, each time it is asked, whether one has written since it was asked last. */
export function ownMessages(messages: () => readonly Message[]): () => boolean {
  let newest: string | undefined;
  return () => {
    const before = newest;
    newest = messages().findLast(({ isOwn }) => isOwn)?.id;
    return newest !== undefined && newest !== before;
  };
}
