export interface OpenOptions {
  readonly firstName?: string;
  /** Members of the request that opens the conversation. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Body of a call that opens a conversation. @see PROTOCOL.md §6.2 */
export const opening = (brandId: string, { firstName = 'Ada', request = {} }: OpenOptions = {}): object[] => [
  { kind: 'req', id: '1,', type: 'userprofile.SetUserProfile', body: { firstName } },
  { kind: 'req', id: '2,', type: 'cm.ConsumerRequestConversation', body: { brandId, ...request } },
];

/** @see PROTOCOL.md §6.3 */
export const publishing = (conversationId: string, event: unknown, more: object = {}): object => ({
  kind: 'req',
  id: '3',
  type: 'ms.PublishEvent',
  body: { dialogId: conversationId, conversationId, event },
  ...more,
});

/** @see PROTOCOL.md §6.4 */
export const updating = (conversationId: string, conversationField: unknown): object => ({
  kind: 'req',
  id: '4',
  type: 'cm.UpdateConversationField',
  body: { conversationId, conversationField },
});

export const CLOSE = { field: 'ConversationStateField', conversationState: 'CLOSE' };
export const closing = (conversationId: string): object => updating(conversationId, CLOSE);

/** Closes one dialog; behind the main one a survey may open. @see PROTOCOL.md §6.4 */
export const closingDialog = (conversationId: string, dialogId = conversationId): object =>
  updating(conversationId, {
    field: 'DialogChange',
    type: 'UPDATE',
    dialog: { dialogId, state: 'CLOSE', closedCause: 'Closed by consumer' },
  });

/** Value of the header in which a client says what it can show. @see PROTOCOL.md §6.1 */
export const clientProperties = (...features: readonly string[]): string =>
  JSON.stringify({ type: '.ClientProperties', features });
