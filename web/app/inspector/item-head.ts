import type { AppKey, ConversationId } from '#protocol/identifiers';

/** What every row beside the chat has. */
export interface ItemHead {
  readonly id: number;
  readonly at: number;
  /** `null`: belongs to the account as a whole. */
  readonly conversationId: ConversationId | null;
  /** What the filter looks at, by name, in lower case. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An app of the account, though not the one whose conversation it is. */
export interface OtherApp {
  readonly appKey: AppKey;
  /** `null` while it is not known. */
  readonly name: string | null;
}

export const whose = (
  conversationId: ConversationId | null,
): Readonly<Record<'conversation' | 'scope', string>> => ({
  conversation: conversationId ?? '',
  scope: conversationId === null ? 'account' : '',
});

export const lowerCase = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, text.toLowerCase()]));
