import type { ConversationHistory } from '#protocol/bridge-api';

import { applyNotification } from '../apply-notification';
import { IN_HISTORY, draftOf, type ConversationFacts } from '../conversation-facts';

/**
 * The facts with what the cloud's history adds: messages, receipts and ends of dialogs whose webhooks are not in the
 * log. Whatever a webhook has told stays as it told it. Pure; read twice or before the webhooks, it gives the same.
 */
export function withHistory(facts: ConversationFacts, history: ConversationHistory): ConversationFacts {
  if (!history.isKnown) return facts;
  const draft = draftOf(facts);
  const { consumer, startedAt, changes } = history;
  for (const change of changes) {
    applyNotification(draft, { sequence: IN_HISTORY, at: startedAt ?? 0, change });
  }
  draft.recorded = {
    consumerId: consumer?.consumerId ?? null,
    consumerName: consumer?.name ?? null,
    startedAt,
  };
  return draft;
}
