import { randomUUID } from 'node:crypto';

import type { ConversationOptions, MessageContent } from '#protocol/bridge-api';
import type { ConnectorRequest, ConnectorRequestType } from '#protocol/connector/envelope';
import type { ContentEvent } from '#protocol/connector/events';
import { textEvent } from '#protocol/connector/publish-request';
import type { AccountId, ConversationId } from '#protocol/identifiers';

/** Profile first, conversation second. @see PROTOCOL.md §6.2 */
export function openingRequests(
  account: AccountId,
  consumerName: string,
  options: ConversationOptions,
): readonly [ConnectorRequest, ConnectorRequest] {
  const attributes = options.engagementAttributes;
  const profile = {
    firstName: consumerName,
    lastName: '',
    role: 'consumer',
    ...(attributes.length > 0 && { authenticatedData: { lp_sdes: attributes } }),
  };
  const { contextType, language: lang, features } = options;
  const conversation = {
    brandId: account,
    channelType: 'MESSAGING',
    skillId: options.skillId ?? '-1',
    ttrDefName: options.urgency,
    ...(options.campaign && { campaignInfo: options.campaign }),
    ...(contextType !== null && { conversationContext: { type: contextType, lang, features } }),
  };
  return [
    request('userprofile.SetUserProfile', profile),
    request('cm.ConsumerRequestConversation', conversation),
  ];
}

/** Closes all dialogs, no survey. @see PROTOCOL.md §6.4 */
export function closeRequest(conversationId: ConversationId): ConnectorRequest {
  const conversationField = { field: 'ConversationStateField', conversationState: 'CLOSE' };
  return request('cm.UpdateConversationField', { conversationId, conversationField });
}

/** Closes the main dialog only, so that a survey may follow. @see PROTOCOL.md §6.4 */
export function closeMainDialogRequest(conversationId: ConversationId): ConnectorRequest {
  const dialog = { dialogId: conversationId, state: 'CLOSE', closedCause: 'Closed by consumer' };
  const conversationField = { field: 'DialogChange', type: 'UPDATE', dialog };
  return request('cm.UpdateConversationField', { conversationId, conversationField });
}

/** @see PROTOCOL.md §6.3.1, §6.3.2 */
export function contentEvent(content: MessageContent): ContentEvent {
  switch (content.type) {
    case 'text':
      return textEvent(content.text);
    case 'file':
      return { type: 'ContentEvent', contentType: 'hosted/file', message: content.file };
    default:
      return content satisfies never;
  }
}

function request(type: ConnectorRequestType, body: unknown): ConnectorRequest {
  return { kind: 'req', id: randomUUID(), type, body };
}
