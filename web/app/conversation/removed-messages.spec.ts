import { TestBed } from '@angular/core/testing';

import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { TabMemory } from '../bridge/tab-memory';
import { buildFailure } from '../testing/build-failure';
import { APP, CONVERSATION, LogWriter, MAIN } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

/** Another page of the same tab. */
function reload() {
  TestBed.tick();
  const kept = sessionStorage.getItem('until-sign-out');
  TestBed.resetTestingModule();
  const page = provideConversation();
  if (kept !== null) sessionStorage.setItem('until-sign-out', kept);
  return page;
}

async function show(writer: LogWriter, page = provideConversation()) {
  page.log.deliver(...writer.entries);
  const conversations = TestBed.inject(ConversationsStore);
  await conversations.show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  await settle();
  const texts = () =>
    store.messages().map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
  const remove = async (text: string) => {
    store.remove(store.messages()[texts().indexOf(text)]!);
    await settle();
  };
  const tell = async (told: LogWriter, count: number) => {
    page.log.deliver(...told.entries.slice(-count));
    await settle();
  };
  const row = () => conversations.summaries()[0]!;
  return { ...page, store, texts, remove, tell, row };
}

const refused = () => new LogWriter().opened().echo(0, 'Hello').submitted('m1', 'Hi').failed('m1');

describe('a message that was taken out of the chat', () => {
  it('is shown neither there nor in the list of conversations, after a reload of the tab either', async () => {
    const { texts, remove, row } = await show(refused());
    expect([texts(), row().lastLine]).toEqual([['Hello', 'Hi'], 'Hi']);

    await remove('Hi');

    expect([texts(), row().lastLine]).toEqual([['Hello'], 'Hello']);
    const again = await show(refused(), reload());
    expect([again.texts(), again.row().lastLine]).toEqual([['Hello'], 'Hello']);
  });

  it('is there again for whoever signs in next', async () => {
    const { texts, remove } = await show(refused());
    await remove('Hi');

    TestBed.inject(TabMemory).forget();

    expect(texts()).toEqual(['Hello', 'Hi']);
  });

  it('is there again when it turns out to have been sent', async () => {
    const writer = refused();
    const { texts, remove, tell } = await show(writer);
    await remove('Hi');

    await tell(writer.sent('m1', 4), 1);

    expect(texts()).toEqual(['Hello', 'Hi']);
  });

  it('is gone for good when the log never had it', async () => {
    const page = provideConversation();
    const { store, texts, remove } = await show(new LogWriter().opened(), page);
    page.bridge.refusal = buildFailure('too-many-sends');
    await store.send('Hi');
    await remove('Hi');

    expect(texts()).toEqual([]);
    expect((await show(new LogWriter().opened(), reload())).texts()).toEqual([]);
  });

  it('is none whose fate nobody knows, nor one that stands for such a message', async () => {
    const lost = new LogWriter().opened().submitted('m1', 'Hi').failed('m1', { isAnswerMissing: true });
    const { texts, remove } = await show(lost.submitted('m2', 'Hi again', MAIN, 'm1').failed('m2'));

    await remove('Hi');
    await remove('Hi again');

    expect(texts()).toEqual(['Hi', 'Hi again']);
  });

  it('is none that may have arrived before its last call was refused', async () => {
    const page = provideConversation();
    const { store, texts, remove } = await show(new LogWriter().opened(), page);
    page.bridge.refusal = new BridgeFailure(BRIDGE_UNREACHABLE);
    await store.send('Hi');
    page.bridge.refusal = buildFailure('too-many-sends');
    await store.retry(store.messages()[0]!);

    await remove('Hi');

    expect(texts()).toEqual(['Hi']);
  });
});
