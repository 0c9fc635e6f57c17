import type { ContentEvent, Metadata, RichContentEvent } from '#protocol/connector/events';

/** A reply that the consumer can press instead of writing it. @see PROTOCOL.md §12.3 */
export interface QuickReply {
  /** At most 25 characters. */
  readonly title: string;
  /** What the client then publishes. */
  readonly text: string;
  readonly metadata?: Metadata;
}

export const plainText = (message: string): ContentEvent => ({
  type: 'ContentEvent',
  message,
  contentType: 'text/plain',
});

export const quickReplies = (replies: readonly QuickReply[], itemsPerRow = 8): object => ({
  type: 'quickReplies',
  itemsPerRow,
  replies: replies.map(({ title, text, metadata }) => ({
    type: 'button',
    tooltip: title,
    title,
    click: { actions: [{ type: 'publishText', text }], ...(metadata && { metadata }) },
  })),
});

/** A text with replies to press. @see PROTOCOL.md §12.3 */
export const textWithReplies = (message: string, replies: readonly QuickReply[]): ContentEvent => ({
  ...plainText(message),
  quickReplies: quickReplies(replies),
});

/** Names what a button stands for: comes back with the consumer's ACTION. @see PROTOCOL.md §12.4, §12.5 */
export const externalId = (id: string): Metadata => [{ type: 'ExternalId', id }];

/** Cards below each other, with replies where some are given. @see PROTOCOL.md §12.2 */
export const card = (elements: readonly object[], replies: readonly QuickReply[] = []): RichContentEvent => ({
  type: 'RichContentEvent',
  content: { type: 'vertical', elements },
  ...(replies.length > 0 && { quickReplies: quickReplies(replies) }),
});

export const line = (text: string, style?: object): object => ({
  type: 'text',
  text,
  tooltip: text,
  ...(style && { style }),
});

interface Pressed {
  readonly title: string;
  readonly action: object;
  readonly id: string;
}

export const button = ({ title, action, id }: Pressed): object => ({
  type: 'button',
  title,
  tooltip: title,
  click: { actions: [action], metadata: externalId(id) },
});
