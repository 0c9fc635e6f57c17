import type { Metadata } from '#protocol/connector/events';

import { metadataKey, readClick } from './element-click';
import { fieldsOf, hasColours, isFields, safeStyle, textOf, type Fields } from './safe-values';

/** A reply that is said by pressing it. @see PROTOCOL.md §12.3 */
export interface QuickReply {
  readonly title: string;
  readonly hint: string | null;
  /** What the consumer says by it: not always what stands on it. */
  readonly text: string;
  readonly metadata: Metadata | null;
  /** What its sender chose, as CSS: `--reply-text`, `--reply-ground` and `--reply-line` are colours of light paper. */
  readonly style: Readonly<Record<string, string>>;
  /** Whether the sender chose colours. */
  readonly hasColours: boolean;
}

export interface QuickReplies {
  readonly replies: readonly QuickReply[];
  /** How many of those that came cannot be shown. */
  readonly leftOut: number;
}

/** @see PROTOCOL.md §12.3 */
const MAX_REPLIES = 24;

/** The replies beside a message, whatever stands there; `null` when there are none. */
export function readQuickReplies(value: unknown): QuickReplies | null {
  const { replies } = fieldsOf(value);
  if (!Array.isArray(replies) || replies.length === 0) return null;
  const read = replies
    .slice(0, MAX_REPLIES)
    .map(readReply)
    .filter((reply) => reply !== null);
  return { replies: read, leftOut: replies.length - read.length };
}

function readReply(value: unknown): QuickReply | null {
  if (!isFields(value)) return null;
  const title = textOf(value['title'], 128)?.trim() ?? '';
  const click = readClick(value['click']);
  const publish = click?.actions.find((action) => action.type === 'publishText');
  if (title === '' || publish === undefined) return null;
  const style = safeStyle(value['style']);
  return {
    title,
    hint: textOf(value['tooltip'], 256),
    text: publish.text,
    metadata: click?.metadata ?? null,
    style: cssOf(style),
    hasColours: hasColours(style),
  };
}

function cssOf(style: Fields): Readonly<Record<string, string>> {
  const { color, bold, italic } = style;
  return {
    ...(typeof color === 'string' && { '--reply-text': color }),
    ...(typeof style['background-color'] === 'string' && { '--reply-ground': style['background-color'] }),
    ...(typeof style['border-color'] === 'string' && { '--reply-line': style['border-color'] }),
    ...(bold === true && { 'font-weight': '700' }),
    ...(italic === true && { 'font-style': 'italic' }),
  };
}

/**
 * Which of the replies was pressed, from what the log tells; `null` when none was, or nobody can say.
 *
 * @param uses Keys of the metadata of the ACTIONs about the message.
 * @param answer What the consumer said next in the dialog.
 */
export function chosenReply(
  replies: readonly QuickReply[],
  uses: ReadonlySet<string>,
  answer: string | null,
): number | null {
  const used = replies.map(({ metadata }) => uses.has(metadataKey(metadata)));
  const exact = replies.findIndex(({ text }, at) => used[at] === true && text === answer);
  if (exact >= 0) return exact;
  // Without metadata of its own a reply cannot be told from its neighbours.
  const byMetadata = replies.findIndex(({ metadata }, at) => used[at] === true && metadata !== null);
  return byMetadata >= 0 ? byMetadata : null;
}
