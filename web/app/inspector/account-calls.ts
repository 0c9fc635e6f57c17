import type { InspectorItem } from './inspector-item';
import { termsOf } from './item-filter';

/**
 * Whether it is a call of the account as a whole that went well: no part of a conversation's story. One that failed may be
 * why the conversation does not go on.
 */
export const isAccountCall = (item: InspectorItem): boolean =>
  item.kind === 'request' && item.conversationId === null && !item.isFailed;

/** Whether a filter says itself what of the account it wants. */
export const namesScope = (filterText: string): boolean =>
  termsOf(filterText).some((term) => /^-?scope:/.test(term));
