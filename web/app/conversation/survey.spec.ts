import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { APP, buildConversation, CONVERSATION, LogWriter, MAIN, SURVEY } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { ChatPane } from './chat-pane';
import { replay } from './conversation-state';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

const stateOf = (log: LogWriter) => replay(CONVERSATION, log.entries);

async function renderPane(log: LogWriter) {
  const parts = provideConversation();
  parts.log.deliver(...log.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  TestBed.inject(ConversationStore).show(CONVERSATION);
  const fixture = TestBed.createComponent(ChatPane);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find(
      (one) => (one.ariaLabel ?? one.textContent).trim() === name,
    )!;
  const deliver = async (...entries: LogWriter['entries']) => {
    parts.log.deliver(...entries);
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, fixture, element, button, deliver };
}

const running = () =>
  new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });

describe('the survey', () => {
  it('is recognised by its type, wherever it stands', () => {
    const change = buildConversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    const { conversationDetails } = change['result'] as { conversationDetails: { dialogs: unknown[] } };
    conversationDetails.dialogs.reverse();
    const log = new LogWriter().opened().notification(change, 'cqm.ExConversationChangeNotification');

    expect(stateOf(running()).dialog).toEqual({ dialogId: SURVEY, isSurvey: true });
    expect(stateOf(log).dialog).toEqual({ dialogId: SURVEY, isSurvey: true });
    expect(stateOf(log).survey.stage).toBe('running');
  });

  it('leaves those who are in it one line on a phone: the close button is a sign alone', async () => {
    const { element, fixture, button } = await renderPane(running());
    element.style.width = '390px';
    await fixture.whenStable();

    expect(element.querySelector('.head app-status-chip')?.textContent).toContain('survey');
    expect(button('Close conversation').getBoundingClientRect().width).toBeLessThan(60);
  });

  it('is awaited while the main dialog is closed and nothing more is known: then there is nowhere to write', async () => {
    const log = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN' });
    const { element, button, deliver } = await renderPane(log);

    expect(element.textContent).toContain('A survey may follow');
    expect(button('Send').title).toBe('Write a message first');
    const field = element.querySelector('textarea')!;
    field.value = 'hello?';
    field.dispatchEvent(new Event('input'));
    await settle();
    expect(button('Send').title).toBe('The main dialog is closed');
    await expectAccessible(element);

    log.conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN', stamp: Date.now() });
    await deliver(log.entries.at(-1)!);
    expect(element.textContent).toContain('goes into the survey');
  });

  it('takes answers and no chat states', async () => {
    const { bridge, element, button } = await renderPane(running());
    const field = element.querySelector('textarea')!;

    field.value = '5';
    field.dispatchEvent(new Event('input'));
    await settle();
    button('Send').click();
    await settle();

    expect(bridge.messages.map(({ request }) => request.dialogId)).toEqual([SURVEY]);
    expect(bridge.chatStates).toEqual([]);
  });

  it('ends with the conversation, which says so', async () => {
    const log = running();
    const { element, deliver } = await renderPane(log);
    const change = buildConversation({
      state: 'CLOSE',
      survey: 'CLOSE',
      closeReason: 'CONSUMER',
      stamp: Date.now(),
    });
    const { conversationDetails } = change['result'] as {
      conversationDetails: { dialogs: Record<string, unknown>[] };
    };
    Object.assign(conversationDetails.dialogs[0]!, { closedBy: 'AGENT', closedCause: 'Completed' });

    log.notification(change, 'cqm.ExConversationChangeNotification');
    await deliver(log.entries.at(-1)!);

    expect(element.querySelector('.closed-words')?.textContent).toBe(
      'Closed by the consumer · survey: completed',
    );
    expect(element.querySelector('app-survey-banner')).toBeNull();
    await expectAccessible(element);
  });

  it('is asked about before it is skipped', async () => {
    const { bridge, element, button } = await renderPane(running());

    button('Close conversation').click();
    await settle();
    const dialog = element.querySelector('dialog')!;
    expect(dialog.textContent).toContain('Skip the survey and close?');
    expect(dialog.querySelector('input[type=radio]')).toBeNull();
    [...dialog.querySelectorAll('button')].at(-1)!.click();
    await settle();

    expect(bridge.closed.map(({ request }) => request.mode)).toEqual(['close']);
  });

  it('can follow a close when it is asked for; a refusal leaves all as it was', async () => {
    const { bridge, element, button } = await renderPane(new LogWriter().opened().conversation());
    bridge.refusal = new Error('no');

    button('Close conversation').click();
    const dialog = element.querySelector('dialog')!;
    dialog.querySelector<HTMLInputElement>('input[value=survey]')!.click();
    await settle();
    [...dialog.querySelectorAll('button')].at(-1)!.click();
    await settle();

    expect(bridge.closed.map(({ request }) => request.mode)).toEqual(['survey']);
    expect(element.querySelector('[role=alert]')).not.toBeNull();
    expect(element.querySelector('textarea')).not.toBeNull();
    expect(button('Close conversation').getAttribute('aria-disabled')).not.toBe('true');
    expect(TestBed.inject(ConversationStore).state()?.dialog.dialogId).toBe(MAIN);
  });

  it('cannot follow without the features that it needs, and the close dialog says which', async () => {
    const log = new LogWriter();
    log.opened();
    const [opened] = log.entries;
    if (opened?.kind !== 'conversation-opened') throw new Error('no conversation');
    log.entries[0] = { ...opened, options: { ...opened.options, features: ['RICH_CONTENT'] } };
    const { element, button } = await renderPane(log);

    button('Close conversation').click();
    await settle();

    expect(element.querySelector('dialog')?.textContent).toContain('without MULTI_DIALOG, QUICK_REPLIES');
    await expectAccessible(element);
  });
});
