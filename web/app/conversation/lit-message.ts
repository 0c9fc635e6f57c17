import { type Signal, afterRenderEffect, computed, untracked } from '@angular/core';

import type { Message } from './message';
import type { ReadingPlace } from './reading-place';
import type { ScrollParts } from './watch-scroller';

/**
 * Brings what is chosen beside a list of messages into sight, unless some of what it is about is there already. Call what it returns
 * when the list has another size: what is chosen while nobody can see the list waits for that.
 *
 * @param lit As `dialog/sequence`, or by the id that the page gave the message.
 * @param bring Brings the message with this id into sight.
 */
export function followLit(
  messages: Signal<readonly Message[]>,
  lit: Signal<ReadonlySet<string>>,
  parts: ScrollParts,
  bring: (id: string) => void,
): () => void {
  const newest = computed(() => messages().findLast((message) => isAmong(message, lit()))?.id ?? null);
  let isAwaited = false;
  const show = (): void => {
    const id = newest();
    const [{ nativeElement: scroller }, { nativeElement: content }] = parts();
    isAwaited = id !== null && scroller.clientHeight === 0;
    const isThere = litIn(content).some((message) => isInSight(scroller, message));
    if (id !== null && !isAwaited && !isThere) bring(id);
  };
  afterRenderEffect(() => {
    newest();
    untracked(show);
  });
  return () => {
    if (isAwaited) show();
  };
}

/** Whether the message is lit. */
export const isAmong = ({ id, key }: Message, lit: ReadonlySet<string>): boolean =>
  lit.has(id) || (key !== null && lit.has(key));

/** Puts the newest that is lit to the middle, to be read from there. */
export function centerLit(place: ReadingPlace, parts: ScrollParts): void {
  const [{ nativeElement: scroller }, { nativeElement: content }] = parts();
  const newest = litIn(content).at(-1);
  if (newest !== undefined) place.center(scroller, newest, content);
}

/** What is drawn of the lit messages, in their order. */
const litIn = (content: HTMLElement): readonly HTMLElement[] => [
  ...content.querySelectorAll<HTMLElement>('app-message-bubble.lit'),
];

function isInSight(scroller: HTMLElement, element: HTMLElement): boolean {
  const [window, own] = [scroller.getBoundingClientRect(), element.getBoundingClientRect()];
  return own.top >= window.top && own.bottom <= window.bottom;
}
