import type { AcceptStatus, Metadata } from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';

import { messageKey, type FactsDraft } from './conversation-facts';
import { metadataKey } from './structured/element-click';

/** A receipt of the consumer: one status for messages of one dialog. @see PROTOCOL.md §6.3.5 */
export interface OwnReceipt {
  readonly dialogId: DialogId;
  readonly status: AcceptStatus;
  readonly sequenceList: readonly number[];
  /** What an ACTION was about. */
  readonly metadata?: Metadata | null | undefined;
}

/** Remembers what the consumer has said, so that no page says it again. */
export function noteOwnReceipts(draft: FactsDraft, receipt: OwnReceipt): void {
  const { dialogId, status, sequenceList, metadata } = receipt;
  for (const sequence of sequenceList) {
    const key = messageKey(dialogId, sequence);
    draft.ownReceipts.set(key, new Set(draft.ownReceipts.get(key)).add(status));
    // The bridge's entry and the notification tell of the same ACTION: one key, one use.
    if (status === 'ACTION') {
      draft.ownActions.set(key, new Set(draft.ownActions.get(key)).add(metadataKey(metadata)));
    }
  }
}
