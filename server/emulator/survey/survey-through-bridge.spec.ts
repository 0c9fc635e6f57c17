import type { ConversationView } from '#protocol/bridge-api';
import type { Metadata } from '#protocol/connector/events';
import type { MessageChange } from '#protocol/webhook-notification';

import { TestBrowser } from '../../testing/browser.ts';
import type { StreamReader } from '../../testing/read-sse.ts';
import { startWorld } from '../../testing/start-world.ts';
import type { World } from '../../testing/start-world.ts';
import { at, textAt } from '../testing/answer.ts';

describe('A survey, met by a person at this project’s bridge (§11.3)', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  let events: StreamReader;
  beforeEach(async () => {
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    conversation = await browser.openConversation();
    events = browser.events();
    await browser.send(conversation, 'Hello', 'hello');
    await events.until(({ messages }) =>
      messages.find(({ event }) => String(event['message']).includes('How can I help?')),
    );
  });
  afterEach(async () => {
    events[Symbol.dispose]();
    await world[Symbol.asyncDispose]();
  });

  const call = (action: string, body: object) =>
    browser.post(`/api/conversations/${conversation.conversationId}/${action}`, body);
  const questions = (): readonly MessageChange[] =>
    events.messages.filter(({ metadata }) => at(metadata, 0, 'type') === 'Question');
  const lastDetails = () => events.conversationChanges.at(-1)?.result.conversationDetails;

  async function press(question: MessageChange, index: number): Promise<void> {
    const { dialogId, sequence = 0, event } = question;
    const click = at(event, 'quickReplies', 'replies', index, 'click');
    const metadata = at(click, 'metadata') as Metadata;
    const text = textAt(click, 'actions', 0, 'text');
    const acted = await call('accept-status', {
      dialogId,
      status: 'ACTION',
      sequenceList: [sequence],
      metadata,
    });
    const said = await call('messages', {
      clientMessageId: `answer-${sequence}`,
      dialogId,
      content: { type: 'text', text },
      metadata,
    });
    expect([acted.status, said.status]).toEqual([204, 201]);
  }

  it('opens behind the close that asks for one, is answered, and ends the conversation', async () => {
    expect((await call('close', { mode: 'survey' })).status).toBe(204);
    await press(await events.until(() => questions()[0]), 4);
    await press(await events.until(() => questions()[1]), 0);
    await events.until(() => lastDetails()?.stage === 'CLOSE');

    expect(lastDetails()?.dialogs?.map(({ dialogType, closedBy }) => [dialogType, closedBy])).toEqual([
      ['MAIN', 'CONSUMER'],
      ['POST_SURVEY', 'AGENT'],
    ]);
  });

  it('does not open behind the plain close', async () => {
    await call('close', { mode: 'close' });
    await events.until(() => lastDetails()?.stage === 'CLOSE');

    expect(lastDetails()?.dialogs?.length).toBe(1);
  });
});
