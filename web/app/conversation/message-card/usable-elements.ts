import type { Metadata } from '#protocol/connector/events';

import type { Message } from '../message';
import { readClick } from '../structured/element-click';
import { readQuickReplies } from '../structured/quick-replies-reading';
import { fieldsOf, textOf, type Fields } from '../structured/safe-values';

/** Something in a message that can be used, and what an ACTION about it carries. @see PROTOCOL.md §12.4 */
export interface UsableElement {
  readonly name: string;
  readonly metadata: Metadata | null;
}

/** Content nests no deeper than this where it is drawn either. */
const MAX_DEPTH = 12;
/** More than a person looks through. */
const MAX_ELEMENTS = 50;

/** Whether an ACTION can be about the message: it has elements, or replies beside it. @see PROTOCOL.md §6.3.5 */
export const takesAction = ({ isOwn, content, quickReplies }: Message): boolean =>
  !isOwn && (content.kind === 'structured' || readQuickReplies(quickReplies) !== null);

/** Everything in the message that can be pressed, in order. */
export function usableElements({ content, quickReplies }: Message): readonly UsableElement[] {
  const found: UsableElement[] = [];
  if (content.kind === 'structured') collect(content.content, found, 0);
  const replies = readQuickReplies(quickReplies)?.replies ?? [];
  return [...found, ...replies.map(({ title: name, metadata }) => ({ name, metadata }))];
}

function collect(value: unknown, found: UsableElement[], depth: number): void {
  if (depth > MAX_DEPTH || found.length >= MAX_ELEMENTS) return;
  const element = fieldsOf(value);
  const click = readClick(element['click']);
  if (click !== null) found.push({ name: nameOf(element), metadata: click.metadata });
  const { elements } = element;
  if (!Array.isArray(elements)) return;
  for (const inner of elements) collect(inner, found, depth + 1);
}

function nameOf({ title, text, caption, type }: Fields): string {
  const names = [title, text, caption, type].map((word) => textOf(word, 80)?.trim() ?? '');
  return names.find((name) => name !== '') ?? $localize`unnamed`;
}
