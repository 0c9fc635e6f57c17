import { asAppKey } from '#protocol/identifiers';

import { chatStateChange, conversationChange, textChange } from '../../testing/notifications.ts';
import { deliveryKey } from './delivery-key.ts';

type Change = Parameters<typeof deliveryKey>[1];
const [one, two] = [asAppKey('app-1'), asAppKey('app-2')];
const keyOf = (change: unknown, appKey = one): string | null => deliveryKey(appKey, change as Change);

describe('the delivery key of an event', () => {
  it('is the same for each delivery of a message, and another for its next one, dialog or app', () => {
    const key = keyOf(textChange({ sequence: 3 }));

    expect(keyOf({ ...textChange({ sequence: 3 }), serverTimestamp: 9 })).toBe(key);
    expect(keyOf(textChange({ sequence: 4 }))).not.toBe(key);
    expect(keyOf({ ...textChange({ sequence: 3 }), dialogId: 'survey' })).not.toBe(key);
    expect(keyOf(textChange({ sequence: 3 }), two)).not.toBe(key);
  });

  it('of a conversation is its content, also where the time of the change is missing', () => {
    const state = conversationChange('c1', 'kim', 5);
    const timeless = { ...state, result: { convId: 'c1', conversationDetails: { stage: 'OPEN' } } };

    expect(keyOf(state)).toBe(keyOf(conversationChange('c1', 'kim', 5)));
    expect(keyOf(conversationChange('c1', 'ana', 5))).not.toBe(keyOf(state));
    expect(keyOf(timeless)).toContain('/c1/0/');
  });

  it('is missing where one event cannot be told from its repetition', () => {
    expect([keyOf(chatStateChange()), keyOf({ anything: true })]).toEqual([null, null]);
  });
});
