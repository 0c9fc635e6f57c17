import { asAccountId, asAppKey, asConversationId, asDialogId, asUserId } from '#protocol/identifiers';

import type { NewEntry } from '../bridge/event-store/event-store.ts';

/** An entry for the log; specs name only what matters to them. */
export function buildEntry(overrides: Partial<NewEntry> & { readonly name?: string } = {}): NewEntry {
  const { name = 'm1', ...others } = overrides;
  return {
    account: asAccountId('demo'),
    owner: asUserId('kim'),
    conversationId: asConversationId('c1'),
    payload: { kind: 'message-sent', clientMessageId: name, dialogId: asDialogId('c1'), messageSequence: 0 },
    deliveryKey: null,
    ...others,
  };
}

/** A webhook that was taken. */
export function buildNotification(overrides: Partial<NewEntry> = {}): NewEntry {
  return buildEntry({
    payload: {
      kind: 'notification',
      ...{ deliveryId: 'd', appKey: asAppKey('a'), type: 't', changeIndex: 0, changeCount: 1, change: {} },
      ...{ signature: 'valid', headers: {}, sizeBytes: 0 },
    },
    ...overrides,
  });
}

/** A refused webhook. */
export function buildRefusal(overrides: Partial<NewEntry> = {}): NewEntry {
  return buildEntry({
    owner: null,
    conversationId: null,
    payload: {
      kind: 'notification-refused',
      ...{
        deliveryId: 'd',
        status: 401,
        reason: 'body-differs',
        detail: '',
        appKey: null,
        headers: {},
        sizeBytes: 0,
      },
    },
    ...overrides,
  });
}
