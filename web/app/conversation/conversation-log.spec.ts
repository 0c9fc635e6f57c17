import { TestBed } from '@angular/core/testing';

import { DEFAULT_CONVERSATION_OPTIONS } from '#protocol/bridge-api';
import type { LogEntry } from '#protocol/bridge-events';
import { asConversationId } from '#protocol/identifiers';

import { buildView } from '../testing/fake-bridge';
import {
  APP,
  CONSUMER,
  CONVERSATION,
  LogWriter,
  buildMessage,
  buildNotification,
} from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationLog } from './conversation-log';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

/** Conversations of ten messages each, one after the other. */
function manyConversations(count: number) {
  const writer = new LogWriter();
  for (let at = 0; at < count; at += 1) {
    const id = asConversationId(`c${at}`);
    writer.add(
      {
        kind: 'conversation-opened',
        appKey: APP,
        consumer: CONSUMER,
        options: DEFAULT_CONVERSATION_OPTIONS,
      },
      id,
    );
    for (let sequence = 0; sequence < 10; sequence += 1)
      writer.add(buildNotification(buildMessage({ sequence })), id);
  }
  return writer.entries;
}

const later =
  (by: number) =>
  (entry: LogEntry): LogEntry => ({ ...entry, sequence: entry.sequence + by });

describe('ConversationLog', () => {
  it('forgets what the bridge’s log has dropped, but for the conversation on the screen', async () => {
    const { bridge, log } = provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    TestBed.inject(ConversationStore).show(CONVERSATION);
    const known = TestBed.inject(ConversationLog);
    const words = () => [...known.facts().values()].reduce((sum, { messages }) => sum + messages.size, 0);
    log.deliver(...manyConversations(200));
    expect(words()).toBe(2_000);

    // In the middle of the last but one.
    log.forgetThrough(198 * 11 + 6);
    await settle();

    expect(words()).toBe(10 + 5 + 10);
    expect(known.facts().get(CONVERSATION)?.messages.size).toBe(10);
    expect(TestBed.inject(ConversationsStore).summaries().length).toBe(200);

    // What is off the screen goes with the next that is dropped, and is read from the history when it is shown again.
    TestBed.inject(ConversationStore).show(asConversationId('c199'));
    log.forgetThrough(199 * 11);
    expect(words()).toBe(10);
    await settle();
    bridge.historiesRead.length = 0;
    TestBed.inject(ConversationStore).show(CONVERSATION);
    await settle();
    expect(bridge.historiesRead).toEqual([CONVERSATION]);
  });

  it('keeps that a conversation is over, and by whom, when it forgets what was said', async () => {
    const { log } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const writer = new LogWriter().opened().agentSays(0, 'Goodbye');
    log.deliver(...writer.conversation({ state: 'CLOSE', closeReason: 'AGENT' }).entries);
    const shown = () => store.summaries().map(({ phase, lastLine }) => ({ phase, lastLine }));
    const before = shown();
    expect(before.map(({ phase }) => phase)).toEqual(['closed']);

    log.forgetThrough(3);

    expect(store.find(CONVERSATION)?.messages).toEqual([]);
    expect(shown()).toEqual(before);
  });

  it('keeps that a conversation is over also when the log never had its opening', async () => {
    const { bridge, log } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    bridge.listed.push(buildView());
    await store.show(APP);
    log.deliver(...new LogWriter().agentSays(0, 'Goodbye').conversation({ state: 'CLOSE' }).entries);

    log.forgetThrough(2);

    expect(store.summaries().map(({ phase }) => phase)).toEqual(['closed']);
  });

  it('counts what was unread when it was forgotten, until it is read', async () => {
    const { log } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const writer = new LogWriter().opened().agentSays(0, 'one').echo(1, 'mine').agentSays(2, 'two');
    log.deliver(...writer.agentSays(3, 'three').ownReceipt('READ', [0]).entries);
    const unread = () => store.summaries().map((summary) => summary.unread);
    expect(unread()).toEqual([2]);

    log.forgetThrough(3);
    expect(unread()).toEqual([2]);
    log.forgetThrough(6);
    expect(unread()).toEqual([2]);

    log.deliver(...new LogWriter().agentSays(4, 'four').ownReceipt('READ', [2, 3]).entries.map(later(6)));
    expect(unread()).toEqual([1]);
  });

  it('does not count what was passed over when it is forgotten', async () => {
    const { log } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const writer = new LogWriter().opened().agentSays(0, 'one').agentSays(1, 'two').agentSays(2, 'three');
    log.deliver(...writer.ownReceipt('READ', [1]).entries);

    log.forgetThrough(5);

    expect(store.summaries().map(({ unread }) => unread)).toEqual([1]);
  });

  it('says of a conversation whose opening the log does not have that its messages are not loaded', async () => {
    const { bridge } = provideConversation();
    const store = TestBed.inject(ConversationsStore);
    bridge.listed.push(buildView());

    await store.show(APP);
    store.add({ ...buildView(), conversationId: asConversationId('opened-here') });

    expect(store.summaries().map(({ id, isCut }) => [String(id), isCut])).toEqual(
      jasmine.arrayWithExactContents([
        [String(CONVERSATION), true],
        ['opened-here', false],
      ]),
    );
  });

  it('reads the history again of all that was forgotten, however often it forgot in a row', async () => {
    const { bridge, log } = provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    const store = TestBed.inject(ConversationStore);
    log.deliver(...manyConversations(4));
    for (const at of [0, 1, 3]) {
      store.show(asConversationId(`c${at}`));
      await settle();
    }
    bridge.historiesRead.length = 0;

    log.forgetThrough(11);
    log.forgetThrough(2 * 11);
    for (const at of [0, 1]) {
      store.show(asConversationId(`c${at}`));
      await settle();
    }

    expect(bridge.historiesRead.map(String)).toEqual(['c0', 'c1']);
  });
});
