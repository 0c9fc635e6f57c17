interface TextNotification {
  readonly text?: string;
  readonly conversationId?: string;
  readonly originatorId?: string;
  readonly role?: string;
  readonly sequence?: number;
}

/** Body of a webhook that carries these changes. @see PROTOCOL.md §8.3 */
export function notification(changes: readonly unknown[], type = 'ms.MessagingEventNotification'): string {
  return JSON.stringify({ kind: 'notification', body: { changes }, type });
}

/** A message of someone. */
export function textChange({
  text = 'Hello',
  conversationId = 'c1',
  originatorId = 'agent-1',
  role = 'ASSIGNED_AGENT',
  sequence = 0,
}: TextNotification = {}) {
  return {
    sequence,
    originatorId,
    originatorMetadata: { id: originatorId, role },
    serverTimestamp: 1_700_000_000_000,
    event: { type: 'ContentEvent', message: text, contentType: 'text/plain' },
    conversationId,
    dialogId: conversationId,
  };
}

/** A chat state: no sequence, no time. */
export function chatStateChange(chatState = 'COMPOSING', conversationId = 'c1') {
  return {
    originatorId: 'agent-1',
    originatorMetadata: { id: 'agent-1', role: 'ASSIGNED_AGENT' },
    event: { type: 'ChatStateEvent', chatState },
    conversationId,
    dialogId: conversationId,
  };
}

/** The state of a conversation with its consumer. */
export function conversationChange(convId: string, consumerId: string, metaDataLastUpdateTs = 1) {
  const participants = [{ id: consumerId, role: 'CONSUMER' }];
  const conversationDetails = { participants, state: 'OPEN', stage: 'OPEN', metaDataLastUpdateTs };
  return { type: 'UPSERT', result: { convId, conversationDetails } };
}
