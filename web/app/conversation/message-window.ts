import type { Message } from './message';

/** Fewer messages are never drawn, so that searching in the page finds what is near. */
const LEAST_DRAWN = 80;
/** Height of the lowest message. */
const LEAST_PX = 36;
/** As many panes full of the lowest messages are drawn. */
const PANES = 3;

/** How many messages are drawn for a pane of this height, in pixels. */
export const drawnIn = (paneHeight: number): number =>
  Math.max(LEAST_DRAWN, PANES * Math.ceil(paneHeight / LEAST_PX));

/** Which messages are drawn: from this index up to, not including, that one. */
export interface MessageWindow {
  readonly from: number;
  readonly to: number;
}

/** The messages from the one with the id `first` on, or the newest while it is `null`; never more than `size`. */
export function messageWindow(
  messages: readonly Message[],
  first: string | null,
  size: number,
): MessageWindow {
  const newest = Math.max(0, messages.length - size);
  const at = first === null ? -1 : messages.findIndex(({ id }) => id === first);
  const from = at < 0 ? newest : Math.min(at, newest);
  return { from, to: Math.min(messages.length, from + size) };
}

/** Id of the first message of the window that begins `by` messages later, or earlier. */
export function movedFirst(
  messages: readonly Message[],
  { from, to }: MessageWindow,
  by: number,
): string | null {
  const last = messages.length - (to - from);
  return messages[Math.max(0, Math.min(last, from + by))]?.id ?? null;
}
