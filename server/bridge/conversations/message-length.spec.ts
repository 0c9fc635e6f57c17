import type { ConversationView } from '#protocol/bridge-api';
import { MAX_REQUEST_CHARACTERS, textExcess } from '#protocol/connector/publish-request';
import { asDialogId } from '#protocol/identifiers';

import type { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';

describe('how long a message may be', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const place = () => ({
    conversationId: conversation.conversationId,
    dialogId: asDialogId(conversation.conversationId),
  });
  const sentRequests = () => world.wire.seen.filter(({ url }) => url.includes('/send'));
  /** A text of this whose request is as long as one may be: filled up with a letter. */
  const longest = (text: string): string => {
    const over = textExcess(text + 'x'.repeat(MAX_REQUEST_CHARACTERS), place());
    return text + 'x'.repeat(MAX_REQUEST_CHARACTERS - over);
  };
  const metadata = [{ type: 'ExternalId', id: 'Yes-1234' }];

  const texts: readonly (readonly [string, string])[] = [
    ['letters', ''],
    ['quotation marks', '"'.repeat(2_000)],
    ['line breaks', 'line\n'.repeat(600)],
    ['umlauts', 'ü'.repeat(4_000)],
    ['emoji', '😀'.repeat(2_000)],
    ['halves of emoji', '\ud83d'.repeat(500)],
  ];
  for (const [what, begin] of texts) {
    it(`is counted as the cloud does it: ${what}`, async () => {
      const text = longest(begin);

      expect((await browser.send(conversation, text, 'fits')).status).toBe(201);
      expect(sentRequests().map(({ body }) => body.length)).toEqual([MAX_REQUEST_CHARACTERS]);
      const refused = await browser.send(conversation, `${text}x`, 'does-not');
      expect([refused.status, refused.problem().code]).toEqual([422, 'message-too-long']);
      expect(refused.problem().detail).toContain('5001 characters');
      expect(sentRequests().length).toBe(1);
    });
  }

  it('counts what is said about it, and the name of the dialog', async () => {
    const send = (text: string, more: object) =>
      browser.post(`/api/conversations/${conversation.conversationId}/messages`, {
        ...{ clientMessageId: 'm1', dialogId: conversation.conversationId, content: { type: 'text', text } },
        ...more,
      });

    expect((await send(longest(''), { metadata })).problem().code).toBe('message-too-long');
    expect((await send(longest(''), { dialogId: 'x'.repeat(37) })).problem().code).toBe('message-too-long');
    expect(sentRequests()).toEqual([]);
  });

  it('leaves nothing of what was refused in the log', async () => {
    await browser.send(conversation, 'x'.repeat(9_000), 'm1');

    using events = browser.events();
    await events.event('caught-up');
    expect([...events.of('message-submitted'), ...events.of('message-failed')]).toEqual([]);
  });

  it('is left to the cloud where an event is written by hand', async () => {
    const answer = await browser.post(`/api/conversations/${conversation.conversationId}/events`, {
      ...{ clientMessageId: 'raw-1', dialogId: conversation.conversationId },
      event: { type: 'ContentEvent', contentType: 'text/plain', message: 'x'.repeat(5_000) },
    });

    expect(answer.problem().code).toBe('upstream-rejected');
    expect(sentRequests().length).toBe(1);
  });

  it('is the same for one that is still to be opened', () => {
    expect(textExcess(longest(''), null)).toBe(0);
    expect(textExcess(`${longest('')}x`, null)).toBe(1);
  });
});
