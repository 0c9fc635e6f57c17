import { asConversationId } from '#protocol/identifiers';

import type { ConversationSummary } from './conversation-summary';
import { findConversations } from './find-conversations';

const summary = (id: string, more: Partial<ConversationSummary>): ConversationSummary => ({
  ...{
    id: asConversationId(id),
    name: 'Kim',
    lastLine: '',
    isEndTold: false,
    delivery: null,
    waiting: null,
    isCut: false,
    lastAt: 0,
    openedAt: 0,
    phase: 'open',
    unread: 0,
  },
  ...more,
});

describe('findConversations', () => {
  const all = [
    summary('aa-1', { name: 'Kim', lastLine: 'Your order ships' }),
    summary('bb-2', { name: 'Ana', phase: 'closed' }),
  ];
  const idsFor = (text: string, isWithClosed = true) =>
    findConversations(all, text, isWithClosed).map(({ id }) => String(id));

  it('finds by name, last line, id and phase, all words at once', () => {
    expect(idsFor('')).toEqual(['aa-1', 'bb-2']);
    expect(idsFor('ORDER kim')).toEqual(['aa-1']);
    expect(idsFor('bb-')).toEqual(['bb-2']);
    expect(idsFor('closed')).toEqual(['bb-2']);
    expect(idsFor('kim ana')).toEqual([]);
  });

  it('leaves closed ones out where they are not wanted', () => {
    expect(idsFor('', false)).toEqual(['aa-1']);
  });
});
