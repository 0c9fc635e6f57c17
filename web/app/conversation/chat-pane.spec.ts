import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { SignedInUser as User } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { SignedInUser } from '../bridge/signed-in-user';
import { buildFailure } from '../testing/build-failure';
import { buildUser } from '../testing/build-installation';
import { expectAccessible } from '../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter, REFUSED, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ChatPane } from './chat-pane';
import { ConversationList } from './conversation-list';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

async function renderPane(writer: LogWriter | null) {
  const parts = provideConversation();
  parts.log.deliver(...(writer?.entries ?? []));
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  if (writer !== null) store.show(CONVERSATION);
  const fixture = TestBed.createComponent(ChatPane);
  const opened: string[] = [];
  let started = 0;
  fixture.componentInstance.conversationOpened.subscribe((id) => opened.push(id));
  fixture.componentInstance.newConversation.subscribe(() => (started += 1));
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find(
      (one) => (one.ariaLabel ?? one.textContent).trim() === name,
    )!;
  const write = async (text: string) => {
    const field = element.querySelector('textarea')!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    button('Send').click();
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, fixture, element, store, opened, started: () => started, button, write };
}

function signInAs(user: User): void {
  TestBed.configureTestingModule({
    providers: [{ provide: SignedInUser, useValue: { user: signal(user) } }],
  });
}

describe('ChatPane', () => {
  it('invites to write the first message, which opens the conversation', async () => {
    const { element, bridge, opened, write } = await renderPane(null);
    expect(element.textContent).toContain('Say hello');
    await expectAccessible(element);

    await write('Hello');

    expect(bridge.opened[0]?.consumer.name).toBe('Kim');
    expect(opened).toEqual([CONVERSATION]);
  });

  it('says that the stream is refused and what to do, as long as it is', async () => {
    const { element, fixture, log } = await renderPane(new LogWriter().opened().conversation());
    log.connection.set({ kind: 'reconnecting', since: START });
    log.refusal.set(buildFailure('too-many-streams'));
    await fixture.whenStable();

    const note = element.querySelector('app-stream-refused [role=alert]');
    expect(note?.textContent).toContain('Too many tabs of this browser hear from the server');
    expect(note?.textContent).toContain('Close tabs of this app that you do not need');
    await expectAccessible(element);

    log.connection.set({ kind: 'live' });
    await fixture.whenStable();
    expect(element.querySelector('app-stream-refused [role=alert]')).toBeNull();
  });

  it('offers words that the emulator’s agent understands, and sends none by itself', async () => {
    signInAs(buildUser());
    const { element, fixture, bridge, button } = await renderPane(null);
    await expectAccessible(element);

    for (const word of ['help', 'order 4711']) {
      button(word).click();
      await fixture.whenStable();
      expect(element.querySelector('textarea')!.value).toBe(word);
    }
    expect(document.activeElement).toBe(element.querySelector('textarea'));
    expect(bridge.opened).toEqual([]);
  });

  it('offers no such words where an account of LivePerson’s cloud answers', async () => {
    signInAs(buildUser({ isEmulated: false }));
    const { element } = await renderPane(null);

    expect(element.querySelector('app-start-panel')).not.toBeNull();
    expect(element.querySelector('app-example-words')?.textContent.trim()).toBe('');
  });

  it('keeps the typed text when opening fails, and says why', async () => {
    const { element, bridge, opened, write } = await renderPane(null);
    bridge.refusal = new BridgeFailure({ ...REFUSED, code: 'app-disabled' });

    await write('Hello');

    expect(element.querySelector('textarea')?.value).toBe('Hello');
    expect(element.querySelector('[role=alert]')?.textContent).toContain('The app is disabled');
    expect(opened).toEqual([]);
    await expectAccessible(element);
  });

  it('says who takes part', async () => {
    const { element } = await renderPane(new LogWriter().opened().conversation());

    expect(element.querySelector('header')?.textContent).toContain('Kim');
    expect(element.querySelector('header')?.textContent).toContain('with Agent');
  });

  it('asks before it closes', async () => {
    const { element, bridge, button, fixture } = await renderPane(new LogWriter().opened());
    button('Close conversation').click();
    await fixture.whenStable();
    expect(bridge.closed).toEqual([]);
    await expectAccessible(element);

    const dialog = element.querySelector('dialog')!;
    expect(dialog.open).toBeTrue();
    [...dialog.querySelectorAll('button')].at(-1)!.click();
    await settle();

    expect(bridge.closed.map(({ request }) => request.mode)).toEqual(['close']);
    expect(dialog.open).toBeFalse();
  });

  it('shows a strip instead of the field when the conversation is closed', async () => {
    const writer = new LogWriter().opened().conversation({ state: 'CLOSE', closeReason: 'AGENT' });
    const { element, button, started } = await renderPane(writer);

    expect(element.querySelector('textarea')).toBeNull();
    expect(element.textContent).toContain('Closed by the agent');
    button('New conversation').click();
    expect(started()).toBe(1);
    await expectAccessible(element);
  });

  it('says that what is written now goes into the survey', async () => {
    const writer = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    const { element, bridge, write } = await renderPane(writer);
    expect(element.textContent).toContain('goes into the survey');

    await write('5');
    expect(bridge.messages[0]?.request.dialogId).toBe('PwT_YK91Sum3vu5H6T3YnA' as never);
  });
});

describe('ConversationList', () => {
  it('lists conversations with their last words, state and unread count', async () => {
    const parts = provideConversation();
    parts.log.deliver(...new LogWriter().opened().agentSays(0, 'Your order ships tomorrow').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;

    const row = element.querySelector('a.row')!;
    expect(row.getAttribute('href')).toBe('/apps/app-1/chat/c1');
    expect(row.textContent).toContain('Your order ships tomorrow');
    expect(row.textContent).toContain('1 unread');
    await expectAccessible(element);
  });

  it('tells messages that were forgotten from such as never were', async () => {
    const { log } = provideConversation();
    const quiet = asConversationId('c2');
    log.deliver(...new LogWriter().opened().agentSays(0, 'Hello').entries);
    log.deliver(...new LogWriter(quiet).opened().entries);
    await TestBed.inject(ConversationsStore).show(APP);
    log.forgetThrough(2);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    const lastOf = (id: string) =>
      (fixture.nativeElement as HTMLElement).querySelector(`a[href$="/${id}"] .last`)?.textContent.trim();
    expect(lastOf(CONVERSATION)).toBe('Messages not loaded');
    expect(lastOf(quiet)).toBe('No messages yet');
  });

  it('says in words that the last message did not arrive', async () => {
    const { log } = provideConversation();
    log.deliver(...new LogWriter().opened().submitted('m1', 'Hello').failed('m1').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    const last = (fixture.nativeElement as HTMLElement).querySelector('.last');
    expect(last?.textContent.replace(/\s+/g, ' ').trim()).toBe('not sent: Hello');
  });

  it('keeps the sign of a message that waits for Retry, beside the state and what is unread', async () => {
    const { log } = provideConversation();
    const writer = new LogWriter()
      .opened()
      .submitted('m1', 'Hello')
      .failed('m1')
      .agentSays(0, 'Anyone there?');
    log.deliver(...writer.entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const standing = () =>
      [...(element.querySelector('.standing')?.children ?? [])].map((part) => part.textContent.trim());
    expect(element.querySelector('.last')?.textContent.trim()).toBe('Anyone there?');
    expect(standing()).toEqual(['', 'A message was not sent.', 'open', '1 unread']);
    await expectAccessible(element);

    log.deliver(writer.sent('m1', 1).entries.at(-1)!);
    await fixture.whenStable();
    expect(standing()).toEqual(['open', '1 unread']);
  });

  it('offers no Retry by its sign once the conversation is closed', async () => {
    const { log } = provideConversation();
    const writer = new LogWriter().opened().submitted('m1', 'Hello').failed('m1').agentSays(0, 'Bye');
    log.deliver(...writer.conversation({ state: 'CLOSE', closeReason: 'AGENT' }).entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    expect((fixture.nativeElement as HTMLElement).querySelector('.mark')).toBeNull();
  });

  it('says once that a conversation is closed', async () => {
    const { log } = provideConversation();
    log.deliver(
      ...new LogWriter().opened().conversation({ state: 'CLOSE', closeReason: 'CONSUMER' }).entries,
    );
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    const row = (fixture.nativeElement as HTMLElement).querySelector('a.row');
    expect(row?.textContent.match(/closed/gi)).toEqual(['Closed']);
  });

  it('says what could not be loaded, and what was asked', async () => {
    const { bridge } = provideConversation();
    const detail = 'GET /api/conversations: no answer';
    bridge.refusal = new BridgeFailure({ ...BRIDGE_UNREACHABLE, detail });
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    const alert = (fixture.nativeElement as HTMLElement).querySelector('[role=alert]');
    expect(alert?.querySelector('strong')?.textContent).toBe('The conversations could not be loaded');
    expect(alert?.textContent).toContain(detail);
    const list = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.list');
    expect(list?.style.getPropertyValue('--rows')).toBe('0');
  });

  it('says what will stand there while there is nothing', async () => {
    provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    expect((fixture.nativeElement as HTMLElement).textContent).toContain('No conversations yet');
    await expectAccessible(fixture.nativeElement as HTMLElement);
  });
});
