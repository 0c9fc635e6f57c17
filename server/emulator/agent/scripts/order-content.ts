import type { Metadata, RichContentEvent } from '#protocol/connector/events';

import type { Turn } from '../agent-script.ts';
import { button, card, externalId, line } from '../content.ts';
import type { QuickReply } from '../content.ts';

const STATES = ['is being packed', 'is on its way', 'is with the courier and comes today', 'goes out today'];

/** The same number has always the same state. */
const stateOf = (number: string): string => STATES[Number(number) % STATES.length] ?? 'is unknown';

export const orderSentence = (number: string): string => `Order ${number} ${stateOf(number)}.`;

const idOf = (action: 'track' | 'cancel', number: string): string => `${action}-order-${number}`;
/** A reply beside the card has a name of its own: else nobody could tell from the ACTION which of the two was pressed. */
const replyIdOf = (number: string): string => `reply-${idOf('cancel', number)}`;
const ID = /^(?:reply-)?(track|cancel)-order-(\d{3,8})$/;

/** Which element of an order's card was used; `null`: none. @see PROTOCOL.md §12.4 */
export function usedOrder(
  metadata: Metadata | null,
): { readonly action: 'track' | 'cancel'; readonly number: string } | null {
  for (const { type, id } of metadata ?? []) {
    const [, action, number] = ID.exec(type === 'ExternalId' ? String(id) : '') ?? [];
    if (number !== undefined) return { action: action === 'track' ? 'track' : 'cancel', number };
  }
  return null;
}

/** How the order stands, a link to follow, a button to press. @see PROTOCOL.md §12.2, §12.3 */
export function orderCard({ features }: Turn, number: string): RichContentEvent {
  const link = { type: 'link', name: 'Track parcel', uri: `https://www.example.com/parcels/${number}` };
  const cancel = { type: 'publishText', text: `cancel order ${number}` };
  const elements = [
    line(`Order ${number}`, { bold: true, size: 'large' }),
    line(orderSentence(number)),
    button({ title: 'Track parcel', action: link, id: idOf('track', number) }),
    button({ title: 'Cancel order', action: cancel, id: idOf('cancel', number) }),
  ];
  return card(elements, features.includes('QUICK_REPLIES') ? repliesFor(number) : []);
}

const repliesFor = (number: string): readonly QuickReply[] => [
  { title: 'Another order', text: 'Where is my other order?', metadata: externalId('another-order') },
  { title: 'Cancel it', text: `cancel order ${number}`, metadata: externalId(replyIdOf(number)) },
  { title: 'Thank you', text: 'Thank you' },
];
