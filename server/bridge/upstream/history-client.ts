import type { ConversationId } from '#protocol/identifiers';

import { serviceOrigin } from './account-services.ts';
import type { AdminContext } from './app-installation-client.ts';
import { historyAnswerSchema, type HistoryRecord } from './history-record.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamCall } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

/** The sections that a conversation on the screen is made of. @see PROTOCOL.md §9.1 */
const SECTIONS = [
  'messageRecords',
  'messageStatuses',
  'agentParticipants',
  'consumerParticipants',
  'dialogs',
] as const;

/** Names the caller to the service; at most 20 characters. @see PROTOCOL.md §9.1 */
const SOURCE = 'ConnectorDemoHistory';

/** Reads messaging history, with the authority of an account's user. @see PROTOCOL.md §9 */
export class HistoryClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** What history has of a conversation; `null`: nothing, or nothing yet, since it lags behind. */
  async find(context: AdminContext, conversationId: ConversationId): Promise<HistoryRecord | null> {
    const call = callFor(context, conversationId);
    const answer = readAnswer(call, await this.http.call(call, context), historyAnswerSchema);
    return (
      answer.conversationHistoryRecords.find(({ info }) => info.conversationId === conversationId) ?? null
    );
  }
}

function callFor({ services, bearer }: AdminContext, conversationId: ConversationId): UpstreamCall {
  const origin = serviceOrigin(services, 'msgHist');
  const account = encodeURIComponent(services.account);
  const path = `/messaging_history/api/account/${account}/conversations/conversation/search`;
  return {
    service: 'msgHist',
    summary: 'history of the conversation',
    method: 'POST',
    url: `${origin}${path}?v=2&source=${SOURCE}`,
    headers: { Authorization: `Bearer ${bearer}` },
    body: { json: { conversationId, contentToRetrieve: SECTIONS } },
    // A search: asking twice changes nothing.
    isRepeatable: true,
    secrets: [bearer],
    refusals: { 401: 'upstream-session-ended' },
  };
}
