import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildFailure } from '../testing/build-failure';
import { until } from '../testing/frames';
import { APP, CONVERSATION, LogWriter, MAIN, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ChatStateReporter, PAUSE_AFTER_MS } from './chat-state-reporter';
import { ChatTabs, ROLL_CALL_MS } from './chat-tabs';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

describe('ChatStateReporter', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());

  async function openConversation(entries = new LogWriter().opened().entries) {
    const { bridge, log, presence } = provideConversation();
    log.deliver(...entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const store = TestBed.inject(ConversationStore);
    store.show(CONVERSATION);
    await settle();
    const told = () => bridge.chatStates.map(({ request }) => request.chatState);
    const wait = async (ms: number) => {
      jasmine.clock().tick(ms);
      await settle();
    };
    return { bridge, log, presence, store, told, wait, reporter: TestBed.inject(ChatStateReporter) };
  }

  it('tells COMPOSING once, and PAUSE a second after the last key', async () => {
    const { reporter, told, wait } = await openConversation();

    for (let key = 0; key < 5; key += 1) {
      reporter.typed();
      await wait(PAUSE_AFTER_MS - 1);
    }
    expect(told()).toEqual(['COMPOSING']);

    await wait(1);
    expect(told()).toEqual(['COMPOSING', 'PAUSE']);
  });

  it('tells COMPOSING anew when typing goes on after a pause', async () => {
    const { reporter, told, wait } = await openConversation();

    reporter.typed();
    await wait(PAUSE_AFTER_MS);
    reporter.typed();
    await settle();

    expect(told()).toEqual(['COMPOSING', 'PAUSE', 'COMPOSING']);
  });

  it('tells one PAUSE around a send, and COMPOSING when typing goes on at once', async () => {
    const { reporter, store, told, wait } = await openConversation();

    reporter.typed();
    await store.send('Hi');
    reporter.typed();
    await wait(PAUSE_AFTER_MS);
    await wait(PAUSE_AFTER_MS);

    expect(told()).toEqual(['COMPOSING', 'PAUSE', 'COMPOSING', 'PAUSE']);
  });

  it('tells no PAUSE on sending when the pause was told already', async () => {
    const { reporter, store, told, wait } = await openConversation();

    reporter.typed();
    await wait(PAUSE_AFTER_MS);
    await store.send('Hi');
    await settle();

    expect(told()).toEqual(['COMPOSING', 'PAUSE']);
  });

  it('tells GONE when the person leaves and ACTIVE when they come back, each once', async () => {
    const { presence, told, wait, reporter } = await openConversation();

    reporter.typed();
    presence.leave();
    await wait(PAUSE_AFTER_MS);
    presence.comeBack();
    await settle();

    expect(told()).toEqual(['COMPOSING', 'GONE', 'ACTIVE']);
  });

  it('tells ACTIVE when the browser shows a page again that it had kept', async () => {
    const { told } = await openConversation();

    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pageshow'));
    await settle();

    expect(told()).toEqual(['GONE', 'ACTIVE']);
  });

  it('does not count a state by hand that was refused', async () => {
    const { bridge, reporter, wait } = await openConversation();
    bridge.refusal = buildFailure('upstream-rejected');
    await expectAsync(reporter.say('GONE')).toBeRejected();
    bridge.refusal = null;
    await wait(0);

    window.dispatchEvent(new Event('pagehide'));

    expect(bridge.lastWords.map(({ request }) => request.chatState)).toEqual(['GONE']);
  });

  it('tells GONE once when the page closes and then loses the person’s eyes', async () => {
    const { presence, told, wait } = await openConversation();

    window.dispatchEvent(new Event('pagehide'));
    presence.leave();
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual(['GONE']);
  });

  it('tells nothing before a conversation is open, in a survey, and after the close', async () => {
    const survey = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    const { log, store, reporter, presence, told, wait } = await openConversation(survey.entries);
    const typeAndLeave = async () => {
      reporter.typed();
      presence.leave();
      await wait(PAUSE_AFTER_MS);
      presence.comeBack();
      await wait(PAUSE_AFTER_MS);
    };

    await typeAndLeave();
    store.show(null);
    await settle();
    await typeAndLeave();
    store.show(CONVERSATION);
    log.deliver(...survey.conversation({ state: 'CLOSE', stamp: START + 5 }).entries.slice(-1));
    await settle();
    await typeAndLeave();

    expect(told()).toEqual([]);
  });

  it('lets no timer fire into a conversation that has closed', async () => {
    const writer = new LogWriter().opened();
    const { log, reporter, told, wait } = await openConversation(writer.entries.slice());

    reporter.typed();
    log.deliver(...writer.conversation({ state: 'CLOSE' }).entries.slice(-1));
    await wait(PAUSE_AFTER_MS);

    expect(told()).toEqual(['COMPOSING']);
  });

  it('ends typing in a conversation that is left for another', async () => {
    const { bridge, store, reporter, told, wait } = await openConversation();

    reporter.typed();
    store.show(null);
    await wait(PAUSE_AFTER_MS);

    expect(told()).toEqual(['COMPOSING', 'PAUSE']);
    expect(bridge.chatStates[1]).toEqual({
      id: CONVERSATION,
      request: { dialogId: MAIN, chatState: 'PAUSE' },
    });
  });

  it('corrects after a reload what the page before told last', async () => {
    const writer = new LogWriter().opened();
    writer.add({
      kind: 'event-published',
      dialogId: MAIN,
      event: { type: 'ChatStateEvent', chatState: 'GONE' },
    });
    expect((await openConversation(writer.entries)).told()).toEqual(['ACTIVE']);
  });

  it('never has two calls under way, so that no state overtakes another', async () => {
    const { bridge, reporter, store, presence, wait } = await openConversation();
    let running = 0;
    let most = 0;
    const states: string[] = [];
    bridge.tellChatState = async (_id, { chatState }) => {
      states.push(chatState);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return { outcome: 'told' };
    };

    reporter.typed();
    void store.send('Hi');
    reporter.typed();
    presence.leave();
    await wait(ROLL_CALL_MS);
    for (let turn = 0; turn < 5; turn += 1) await settle();

    expect(states).toEqual(['COMPOSING', 'PAUSE', 'COMPOSING', 'GONE']);
    expect(most).toBe(1);
  });
});

describe('ChatStateReporter with the conversation in another tab', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());

  let closeOther = (): void => undefined;
  afterEach(() => closeOther());

  /** This tab and one that the spec plays; `isHere`: the person looks at this one. */
  async function openTwoTabs({ isHere = true, isThere = false, shownThere = CONVERSATION } = {}) {
    const { bridge, log, presence } = provideConversation();
    const injector = createEnvironmentInjector([ChatTabs], TestBed.inject(EnvironmentInjector));
    closeOther = () => injector.destroy();
    const other = injector.get(ChatTabs);
    other.show({ conversationId: shownThere, isPresent: isThere });
    if (!isHere) presence.leave();
    log.deliver(...new LogWriter().opened().entries);
    await TestBed.inject(ConversationsStore).show(APP);
    TestBed.inject(ConversationStore).show(CONVERSATION);
    await settle();
    const tabs = TestBed.inject(ChatTabs);
    await until(() => tabs.isShownElsewhere(shownThere) && other.isShownElsewhere(CONVERSATION));
    const told = () => bridge.chatStates.map(({ request }) => request.chatState);
    const wait = async (ms: number) => {
      jasmine.clock().tick(ms);
      await settle();
    };
    const pageHide = () => window.dispatchEvent(new Event('pagehide'));
    return { bridge, other, tabs, presence, told, wait, pageHide };
  }

  it('tells nothing when the person goes to the other tab', async () => {
    const { other, tabs, presence, told, wait } = await openTwoTabs();

    presence.leave();
    await settle();
    other.show({ conversationId: CONVERSATION, isPresent: true });
    await until(() => tabs.isSeenElsewhere(CONVERSATION));
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual([]);
  });

  it('tells nothing of a person who is back at once, or comes from the other tab', async () => {
    const { presence, told, wait } = await openTwoTabs();

    presence.leave();
    await wait(ROLL_CALL_MS - 1);
    presence.comeBack();
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual([]);
  });

  it('tells nothing when it closes while the person looks at the other tab', async () => {
    const { told, pageHide } = await openTwoTabs({ isThere: true });

    pageHide();

    expect(told()).toEqual([]);
  });

  it('tells GONE when it closes while nobody looks at the other tab, which may close as well', async () => {
    const { told, pageHide } = await openTwoTabs();

    pageHide();

    expect(told()).toEqual(['GONE']);
  });

  it('tells GONE itself when the other tab shows something else', async () => {
    const { told, pageHide } = await openTwoTabs({ isThere: true, shownThere: asConversationId('another') });

    pageHide();

    expect(told()).toEqual(['GONE']);
  });

  it('tells GONE when the person has gone to something else in the tab in which they looked', async () => {
    const { other, tabs, told, wait } = await openTwoTabs({ isHere: false, isThere: true });

    other.show({ conversationId: asConversationId('another'), isPresent: true });
    await until(() => !tabs.isShownElsewhere(CONVERSATION));
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual(['GONE']);
  });

  it('tells no GONE for the tab that went when the person comes here', async () => {
    const { other, tabs, presence, told, wait } = await openTwoTabs({ isHere: false, isThere: true });

    other.leave();
    await until(() => !tabs.isShownElsewhere(CONVERSATION));
    presence.comeBack();
    await settle();
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual([]);
  });

  it('tells ACTIVE when the person comes here and the other tab has told GONE', async () => {
    const { other, bridge, presence, told } = await openTwoTabs({ isHere: false, isThere: true });
    const heard = TestBed.inject(ChatTabs);
    other.tell({ conversationId: CONVERSATION, chatState: 'GONE', isAutomatic: true });
    other.leave();
    await until(() => !heard.isShownElsewhere(CONVERSATION));

    presence.comeBack();
    await until(() => bridge.chatStates.length > 0);

    expect(told()).toEqual(['ACTIVE']);
  });

  it('says ACTIVE when another tab has told GONE, but not when the person has said it', async () => {
    const { bridge, other, told } = await openTwoTabs();
    const gone = { conversationId: CONVERSATION, chatState: 'GONE' } as const;

    other.tell({ ...gone, isAutomatic: true });
    await until(() => bridge.chatStates.length > 0);
    other.tell({ ...gone, isAutomatic: false });
    other.tell({ ...gone, isAutomatic: true });
    await until(() => bridge.chatStates.length > 1);

    expect(told()).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('tells GONE once for all when no tab is looked at', async () => {
    const { other, presence, told, wait, pageHide } = await openTwoTabs();
    const heard: string[] = [];
    other.listen({ told: ({ chatState }) => heard.push(chatState), unseen: () => heard.push('unseen') });

    presence.leave();
    await wait(ROLL_CALL_MS);
    await until(() => heard.length > 0);
    pageHide();
    await until(() => !other.isShownElsewhere(CONVERSATION));

    expect(told()).toEqual(['GONE']);
    expect(heard).toEqual(['GONE']);
  });

  it('counts no tab that does not answer', async () => {
    const { tabs, presence, told, wait } = await openTwoTabs({ isThere: true });
    // Frozen: it says nothing any more, not even that it leaves.
    spyOn(BroadcastChannel.prototype, 'postMessage').and.callFake(() => undefined);

    presence.leave();
    await settle();
    expect(tabs.isSeenElsewhere(CONVERSATION)).toBeTrue();
    await wait(ROLL_CALL_MS);

    expect(told()).toEqual(['GONE']);
  });
});
