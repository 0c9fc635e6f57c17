import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { AppNames } from '../bridge/app-names';
import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { expectAccessible } from '../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter } from '../testing/log-entries';
import { provideConversation } from '../testing/provide-conversation';
import { ConversationList } from './conversation-list';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { Drafts } from './drafts';

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

  it('says in its head which app they are of, by its id until its name is known', async () => {
    provideConversation();
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();
    const head = (fixture.nativeElement as HTMLElement).querySelector('.head')!;
    expect(head.textContent).toContain(`app ${APP}`);

    TestBed.inject(AppNames).remember(APP, 'Demo connector');
    await fixture.whenStable();
    expect(head.textContent).toContain('app Demo connector');
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

  it('names a draft that waits in a conversation, as long as that is not on the screen', async () => {
    const { log } = provideConversation();
    log.deliver(...new LogWriter().opened().agentSays(0, 'Hello').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    const element = fixture.nativeElement as HTMLElement;
    const last = () => element.querySelector('.last')!.textContent.replace(/\s+/g, ' ').trim();
    await fixture.whenStable();
    expect(last()).toBe('Hello');

    TestBed.inject(Drafts).set(CONVERSATION, 'Not yet');
    await fixture.whenStable();
    expect(last()).toBe('Draft Hello');
    await expectAccessible(element);

    TestBed.inject(ConversationStore).show(CONVERSATION);
    await fixture.whenStable();
    expect(last()).toBe('Hello');
  });

  it('says in words that the last message did not arrive', async () => {
    const { log } = provideConversation();
    log.deliver(...new LogWriter().opened().submitted('m1', 'Hello').failed('m1').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();

    const last = (fixture.nativeElement as HTMLElement).querySelector('.last');
    expect(last?.textContent.replace(/\s+/g, ' ').trim()).toBe('refused: Hello');
  });

  it('has one sign, with words for both, when an earlier message was not sent either', async () => {
    const { log } = provideConversation();
    const writer = new LogWriter().opened().submitted('m1', 'Hello').failed('m1');
    log.deliver(...writer.submitted('m2', 'Anyone there?').failed('m2').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();
    const row = (fixture.nativeElement as HTMLElement).querySelector('a.row');

    expect(row?.querySelectorAll('.mark').length).toBe(1);
    expect(row?.querySelector<HTMLElement>('.mark')?.title).toBe('refused; an earlier message was not sent');
    expect(row?.textContent.replace(/\s+/g, ' ')).toContain(
      'refused; an earlier message was not sent: Anyone there?',
    );
    expect(row?.textContent).not.toContain('A message was not sent.');
  });

  it('keeps the sign of a message that waits for Retry, beside the state', async () => {
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
    expect(standing()).toEqual(['', 'A message was not sent.', 'open']);
    expect(element.querySelector('.at')?.textContent).toContain('1 unread');
    await expectAccessible(element);

    log.deliver(writer.sent('m1', 1).entries.at(-1)!);
    await fixture.whenStable();
    expect(standing()).toEqual(['open']);
  });

  it('says of a message whose fate nobody knows that it is unknown, as its bubble does', async () => {
    const { log } = provideConversation();
    const writer = new LogWriter().opened().submitted('m1', 'Hello').failed('m1', { isAnswerMissing: true });
    log.deliver(...writer.agentSays(0, 'Anyone there?').entries);
    await TestBed.inject(ConversationsStore).show(APP);
    const fixture = TestBed.createComponent(ConversationList);
    await fixture.whenStable();
    const row = (fixture.nativeElement as HTMLElement).querySelector('a.row');
    const standing = row?.querySelector('.standing');
    expect(standing?.textContent).toContain('Whether a message arrived is unknown.');
    expect(standing?.querySelector<HTMLElement>('.mark')?.title).toBe('Whether a message arrived is unknown');

    log.deliver(...writer.submitted('m2', 'Hello?').failed('m2').entries.slice(-2));
    await fixture.whenStable();
    expect(row?.querySelector<HTMLElement>('.mark')?.title).toBe(
      'refused; whether an earlier message arrived is unknown',
    );
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
