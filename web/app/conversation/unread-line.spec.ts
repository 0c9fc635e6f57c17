import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { replay } from './conversation-state';
import { messageRows } from './message-rows';
import { firstUnreadOf, nextUnreadLine, type UnreadLine, type UnreadSituation } from './unread-line';

const HERE: UnreadSituation = {
  ...{ conversationId: CONVERSATION, isPresent: true, isLoaded: true, firstUnread: null },
};

/** The line after each situation, one after the other. */
function linesFor(...situations: readonly Partial<UnreadSituation>[]): readonly (string | null)[] {
  let line: UnreadLine | null = null;
  return situations.map((situation) => (line = nextUnreadLine(line, { ...HERE, ...situation })).above);
}

describe('the unread line', () => {
  it('stands above what came while nobody looked and stays while one reads it', () => {
    expect(
      linesFor({}, { isPresent: false }, { isPresent: false, firstUnread: 'm5' }, { firstUnread: 'm5' }, {}),
    ).toEqual([null, null, 'm5', 'm5', 'm5']);
  });

  it('goes when one leaves again', () => {
    expect(linesFor({ isPresent: false, firstUnread: 'm5' }, {}, { isPresent: false }).at(-1)).toBeNull();
  });

  it('is not drawn above what arrives before one’s eyes', () => {
    expect(linesFor({}, { firstUnread: 'm9' })).toEqual([null, null]);
  });

  it('stands where one had stopped reading when a conversation is opened', () => {
    expect(linesFor({ isLoaded: false }, { firstUnread: 'm2' }, {})).toEqual([null, 'm2', 'm2']);
  });

  it('is not drawn when the connection comes back', () => {
    expect(
      linesFor({}, { isLoaded: false }, { isLoaded: false, firstUnread: 'm2' }, { firstUnread: 'm2' }),
    ).toEqual([null, null, null, null]);
  });

  it('stands above what came while nobody looked and the connection was away', () => {
    const isPresent = false;
    expect(linesFor({}, { isLoaded: false, isPresent }, { isPresent, firstUnread: 'm2' }).at(-1)).toBe('m2');
  });

  it('has nothing below it that was seen: what was passed over before that is not new', () => {
    const { messages } = replay(
      CONVERSATION,
      new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b').agentSays(2, 'c').entries,
    );

    expect(firstUnreadOf(messages, (key) => key === 'c1/1')).toBe(messages[2]?.id ?? '');
    expect(firstUnreadOf(messages, (key) => key === 'c1/2')).toBeNull();
  });

  it('begins anew in another conversation', () => {
    expect(linesFor({ firstUnread: 'm2' }, { conversationId: null })).toEqual(['m2', null]);
  });

  it('is a row of its own that begins a group', () => {
    const { messages } = replay(
      CONVERSATION,
      new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b').echo(2, 'own').entries,
    );
    const second = firstUnreadOf(messages, (key) => key === 'c1/0');

    expect(second).toBe(messages[1]?.id ?? '');
    expect(messageRows(messages, CONVERSATION, second).map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'unread',
      'message',
      'message',
    ]);
  });
});
