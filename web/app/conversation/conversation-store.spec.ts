import { TestBed } from '@angular/core/testing';

import type { LogEntry } from '#protocol/bridge-events';
import type { ConversationView } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { BridgeFailure } from '../bridge/bridge-failure';
import { buildView } from '../testing/fake-bridge';
import {
  APP,
  CONVERSATION,
  LogWriter,
  REFUSED,
  START,
  buildMessage,
  buildNotification,
} from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { Toasts } from '../ui/toasts';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { Drafts, newDraftKey } from './drafts';
import { SeenMessages } from './seen-messages';

const REFUSAL = new BridgeFailure(REFUSED);

async function startStore({ entries = new LogWriter().opened().entries } = {}) {
  const parts = provideConversation();
  parts.log.deliver(...entries);
  const conversations = TestBed.inject(ConversationsStore);
  await conversations.show(APP);
  const store = TestBed.inject(ConversationStore);
  const shown = () =>
    store.messages().map(({ content, delivery }) => {
      return `${content.kind === 'text' ? content.text : content.kind}: ${delivery?.state ?? 'received'}`;
    });
  await settle();
  return { ...parts, conversations, store, shown };
}

describe('ConversationStore', () => {
  it('shows a message at once and lets the log go on from there', async () => {
    const writer = new LogWriter().opened();
    const { bridge, log, store, shown } = await startStore({ entries: writer.entries.slice() });
    store.show(CONVERSATION);

    const sending = store.send('Hi');
    expect(shown()).toEqual(['Hi: sending']);
    await sending;
    const id = bridge.messages[0]?.request.clientMessageId ?? '';
    log.deliver(...writer.submitted(id, 'Hi').sent(id, 0).entries.slice(1));
    await settle();

    expect(shown()).toEqual(['Hi: sent']);
  });

  it('keeps a message that did not reach the bridge, and sends the very same one on a retry', async () => {
    const { bridge, store, shown } = await startStore();
    store.show(CONVERSATION);
    bridge.refusal = REFUSAL;
    await store.send('Hi');
    expect(shown()).toEqual(['Hi: failed']);

    bridge.refusal = null;
    await store.retry(store.messages()[0]!);

    const [first, second] = bridge.messages;
    expect(second?.request).toEqual(first!.request);
    expect(shown()).toEqual(['Hi: sending']);
  });

  it('sends a retry once, however often it is asked for', async () => {
    const { bridge, store } = await startStore();
    store.show(CONVERSATION);
    bridge.refusal = REFUSAL;
    await store.send('Hi');
    const [failed] = store.messages();

    await Promise.all([store.retry(failed!), store.retry(failed!)]);

    expect(bridge.messages.length).toBe(2);
  });

  it('opens a conversation with its first message', async () => {
    const { bridge, store, conversations } = await startStore({ entries: [] });

    const id = await store.open('Ana', 'Hello');

    expect(id).toBe(CONVERSATION);
    expect(bridge.opened[0]?.consumer).toEqual({ name: 'Ana' });
    expect(bridge.messages[0]?.request.content).toEqual({ type: 'text', text: 'Hello' });
    expect(conversations.summaries().map(({ name }) => name)).toEqual(['Ana']);
    expect(store.opening()?.text).toBe('Hello');
    store.show(id);
    expect(store.opening()).toBeNull();
    expect(store.messages().length).toBe(1);
  });

  it('says why a conversation could not be opened, and opens none', async () => {
    const { bridge, store } = await startStore({ entries: [] });
    bridge.refusal = REFUSAL;

    expect(await store.open('Ana', 'Hello')).toBeNull();

    expect(store.trouble()).toEqual({ about: 'open', failure: REFUSAL });
    expect(store.opening()).toBeNull();
    expect(bridge.messages).toEqual([]);
  });

  describe('left while it opens a conversation', () => {
    async function startOpening() {
      const parts = await startStore();
      const answers = [buildView(), buildView()].map(() => Promise.withResolvers<ConversationView>());
      let asked = 0;
      spyOn(parts.bridge, 'openConversation').and.callFake(() => answers[asked++]!.promise);
      const first = parts.store.open('Ana', 'Hello');
      return {
        ...parts,
        answers,
        first,
        drafts: TestBed.inject(Drafts),
        toasts: TestBed.inject(Toasts).toasts,
      };
    }

    it('keeps the first message as a draft when that fails, and tells of it apart from what is shown', async () => {
      const { answers, drafts, first, store, toasts } = await startOpening();
      store.show(CONVERSATION);
      answers[0]!.reject(REFUSAL);

      expect(await first).toBeNull();

      expect(drafts.of(newDraftKey(APP))).toBe('Hello');
      expect(store.trouble()).toBeNull();
      expect(toasts().map(({ kind }) => kind)).toEqual(['error']);
    });

    it('does not take another opening for that one, whether it fails or not', async () => {
      for (const end of ['fails', 'opens']) {
        TestBed.resetTestingModule();
        const { answers, first, store } = await startOpening();
        store.show(CONVERSATION);
        store.show(null);
        void store.open('Ana', 'Second');
        if (end === 'fails') answers[0]!.reject(REFUSAL);
        else answers[0]!.resolve(buildView());

        expect(await first)
          .withContext(end)
          .toBeNull();
        expect(store.opening()?.text).withContext(end).toBe('Second');
      }
    });

    it('has the first message as a draft after a reload, and not once it is sent', async () => {
      const { answers, first } = await startOpening();
      const draftAfterReload = () => {
        TestBed.tick();
        TestBed.resetTestingModule();
        return TestBed.inject(Drafts).of(newDraftKey(APP));
      };
      answers[0]!.resolve(buildView());
      await first;
      expect(draftAfterReload()).toBe('');

      TestBed.resetTestingModule();
      await startOpening();
      expect(draftAfterReload()).toBe('Hello');
    });
  });

  it('closes once, and says when the notification is still to come', async () => {
    const { bridge, store } = await startStore();
    store.show(CONVERSATION);

    await Promise.all([store.close('close'), store.close('close')]);

    expect(bridge.closed.map(({ request }) => request.mode)).toEqual(['close']);
    expect(store.closing()).toBe('taken');
    expect(store.state()?.phase).toBe('open');
  });

  it('says why a close was refused and lets one try again', async () => {
    const { bridge, store } = await startStore();
    store.show(CONVERSATION);
    bridge.refusal = REFUSAL;

    await store.close('survey');

    expect(store.closing()).toBeNull();
    expect(store.trouble()?.about).toBe('close');
  });

  it('shows the same after the log was read anew', async () => {
    const writer = new LogWriter().opened().agentSays(0, 'Hello').submitted('m1', 'Hi').sent('m1', 1);
    const { log, store, shown } = await startStore({ entries: writer.entries });
    store.show(CONVERSATION);
    const before = shown();

    log.reset();
    expect(shown()).toEqual([]);
    log.deliver(...writer.entries);

    expect(shown()).toEqual(before);
    expect(before).toEqual(['Hello: received', 'Hi: sent']);
  });

  it('knows that the app has no conversation of the URL’s id', async () => {
    const { store } = await startStore();

    store.show(asConversationId('nobody’s'));
    await settle();
    expect(store.isUnknown()).toBeTrue();

    store.show(CONVERSATION);
    expect(store.isUnknown()).toBeFalse();
  });

  it('stops to claim typing that nothing ends', async () => {
    const entries = new LogWriter()
      .opened()
      .agentState('COMPOSING')
      .entries.map((entry) => ({ ...entry, at: Date.now() }));
    const { store } = await startStore({ entries });
    store.show(CONVERSATION);
    expect(store.typing()).not.toBeNull();

    const old = await startStoreAgain(entries.map((entry) => ({ ...entry, at: START })));
    expect(old.typing()).toBeNull();
  });
});

async function startStoreAgain(entries: LogEntry[]) {
  TestBed.resetTestingModule();
  const { store } = await startStore({ entries });
  store.show(CONVERSATION);
  return store;
}

describe('ConversationsStore', () => {
  it('lists what the bridge and the log know, each once, newest first', async () => {
    const parts = provideConversation();
    const other = asConversationId('c0');
    parts.bridge.listed.push(buildView(), buildView({ name: 'Lea', id: other }));
    parts.log.deliver(...new LogWriter().opened().agentSays(30, 'Hello').entries);
    const store = TestBed.inject(ConversationsStore);

    await store.show(APP);

    expect(store.summaries().map(({ name, lastLine }) => `${name}: ${lastLine}`)).toEqual([
      'Kim: Hello',
      'Lea: ',
    ]);
  });

  it('never changes the order by itself: neither by an echo’s clock nor among equals', async () => {
    const parts = provideConversation();
    const writer = new LogWriter().opened();
    parts.bridge.listed.push(buildView({ name: 'Lea', id: asConversationId('c9') }));
    parts.bridge.listed.push(buildView({ name: 'Ana', id: asConversationId('c0') }));
    parts.log.deliver(...writer.submitted('m1', 'Hi').sent('m1', 0).entries);
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const before = store.summaries().map(({ name, lastAt }) => ({ name, lastAt }));

    parts.log.deliver(writer.echo(0, 'Hi').entries.at(-1)!);

    expect(store.summaries().map(({ name, lastAt }) => ({ name, lastAt }))).toEqual(before);
    const equals = before.filter(({ name }) => name !== 'Kim').map(({ name }) => name);
    expect(equals).toEqual(['Ana', 'Lea']);
  });

  it('previews what was written last, and says of an own message whether it arrived', async () => {
    const parts = provideConversation();
    const writer = new LogWriter().opened().agentSays(0, 'Hello').submitted('m1', 'Perhaps');
    parts.log.deliver(...writer.entries);
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const shown = () => store.summaries().map(({ lastLine, delivery }) => `${lastLine}: ${delivery?.state}`);
    expect(shown()).toEqual(['Perhaps: sending']);

    parts.log.deliver(...writer.failed('m1', { isAnswerMissing: true }).entries.slice(-1));
    expect(shown()).toEqual(['Perhaps: failed']);

    parts.log.deliver(...writer.submitted('m2', 'Refused').failed('m2').entries.slice(-2));
    expect(shown()).toEqual(['Refused: failed']);
  });

  it('moves up what has just been closed', async () => {
    const parts = provideConversation();
    const writer = new LogWriter().opened();
    parts.bridge.listed.push({
      ...buildView({ name: 'Ana', id: asConversationId('c9') }),
      openedAt: START + 60_000,
    });
    parts.log.deliver(...writer.entries);
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    const names = () => store.summaries().map(({ name }) => name);
    expect(names()).toEqual(['Ana', 'Kim']);

    const closed = { state: 'CLOSE', stamp: START + 120_000 } as const;
    parts.log.deliver(...writer.conversation(closed).entries.slice(-1));

    expect(names()).toEqual(['Kim', 'Ana']);
  });

  it('says of a closed one how it ended', async () => {
    const parts = provideConversation();
    const closing = { state: 'CLOSE', closeReason: 'TIMEOUT' } as const;
    parts.log.deliver(...new LogWriter().opened().conversation(closing).entries);
    const store = TestBed.inject(ConversationsStore);

    await store.show(APP);

    expect(store.summaries()[0]?.lastLine).toBe('Closed after a time without messages');
  });

  it('counts as unread what came after the newest that was read, and not what was passed over', async () => {
    const parts = provideConversation();
    const writer = new LogWriter().opened().agentSays(0, 'a').agentSays(1, 'b').agentSays(2, 'c');
    parts.log.deliver(...writer.ownReceipt('READ', [1]).entries);
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    expect(store.summaries()[0]?.unread).toBe(1);

    TestBed.inject(SeenMessages).note(CONVERSATION, ['c1/2']);
    expect(store.summaries()[0]?.unread).toBe(0);
  });

  it('shows the log’s conversations when the list fails, and says so', async () => {
    const parts = provideConversation();
    parts.bridge.refusal = REFUSAL;
    parts.log.deliver(...new LogWriter().opened().entries);
    const store = TestBed.inject(ConversationsStore);

    await store.show(APP);

    expect(store.loading()).toEqual({ kind: 'failed', failure: REFUSAL });
    expect(store.summaries().length).toBe(1);
  });

  it('finds the conversation of webhooks that came before its opening was known', async () => {
    const parts = provideConversation();
    const writer = new LogWriter();
    writer.add(buildNotification(buildMessage({ text: 'early' })), null);
    parts.log.deliver(...writer.entries);
    const store = TestBed.inject(ConversationsStore);
    await store.show(APP);
    expect(store.summaries()).toEqual([]);

    store.add(buildView());
    expect(store.summaries()[0]?.lastLine).toBe('early');
  });
});
