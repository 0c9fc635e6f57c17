import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import type { SignedInUser as User } from '#protocol/bridge-api';

import { AppNames } from '../bridge/app-names';
import { BridgeFailure } from '../bridge/bridge-failure';
import { SignedInUser } from '../bridge/signed-in-user';
import { buildFailure } from '../testing/build-failure';
import { buildInstallation, buildUser } from '../testing/build-installation';
import { expectAccessible } from '../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter, REFUSED, START } from '../testing/log-entries';
import { provideConversation, settle } from '../testing/provide-conversation';
import { PageCommands } from '../ui/page-commands';
import { ChatPane } from './chat-pane';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { FileUploads } from './files/file-uploads';

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
  const type = async (text: string) => {
    const field = element.querySelector('textarea')!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const write = async (text: string) => {
    await type(text);
    button('Send').click();
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, fixture, element, store, opened, started: () => started, button, type, write };
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

  it('says of a conversation that does not come whether the server refuses this tab, or is not there', async () => {
    const { button, element, fixture, log, store } = await renderPane(null);
    log.connection.set({ kind: 'connecting' });
    store.show(CONVERSATION);
    await fixture.whenStable();
    const field = element.querySelector('textarea')!;
    field.value = 'Hello';
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(button('Send').title).toBe('The conversation is loading');

    log.connection.set({ kind: 'reconnecting', since: START });
    await fixture.whenStable();
    expect(button('Send').title).toContain('There is no connection to the server');

    log.refusal.set(buildFailure('too-many-streams'));
    await fixture.whenStable();
    expect(button('Send').title).toContain('Too many tabs of this browser hear from the server');
    expect(button('Send').title).toContain('Close tabs of this app that you do not need');
    expect(TestBed.inject(FileUploads).obstacle()).toBe(button('Send').title);
  });

  it('asks by a command too before it closes, as long as there is something to close', async () => {
    const { element, fixture, log } = await renderPane(new LogWriter().opened().conversation());
    document.body.append(element);
    const command = () =>
      TestBed.inject(PageCommands)
        .all()
        .find(({ label }) => label === 'Close conversation');

    command()?.run();
    expect(element.querySelector('app-close-dialog dialog')!.matches(':modal')).toBeTrue();

    const closed = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'CLOSE' });
    log.deliver(...closed.entries.map((entry) => ({ ...entry, sequence: entry.sequence + 10 })));
    await fixture.whenStable();
    expect(command()).toBeUndefined();
  });

  it('names the app through which the conversation will go', async () => {
    const { element, fixture } = await renderPane(null);
    const { client_name: name } = buildInstallation();
    expect(element.querySelector('app-start-panel strong')?.textContent).toBe(name);

    TestBed.inject(AppNames).remember(APP, 'Shoe shop');
    await fixture.whenStable();

    expect(element.querySelector('app-start-panel strong')?.textContent).toBe('Shoe shop');
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

  it('takes what was being written when the conversation closed into a new one', async () => {
    const writer = new LogWriter().opened();
    const { element, fixture, log, button, store, type } = await renderPane(writer);
    await type('Half a sent');

    log.deliver(writer.conversation({ state: 'CLOSE', closeReason: 'AGENT' }).entries.at(-1)!);
    await fixture.whenStable();
    expect(element.querySelector('app-closed-strip')?.textContent).toContain(
      'Your draft goes into the new one',
    );
    await expectAccessible(element);
    fixture.componentInstance.newConversation.subscribe(() => fixture.componentInstance.takeDraftAlong());
    button('New conversation').click();
    store.show(null);
    await fixture.whenStable();

    expect(element.querySelector('textarea')?.value).toBe('Half a sent');
    store.show(CONVERSATION);
    await fixture.whenStable();
    expect(element.textContent).not.toContain('Your draft goes into the new one');
  });

  it('marks the message that the card is about, for as long as it is open', async () => {
    const { element, fixture } = await renderPane(new LogWriter().opened().agentSays(0, 'Hi'));
    const marked = () => element.querySelector('app-message-bubble.asked')?.textContent ?? '';
    const openness = async (act: () => void) => {
      const toggled = new Promise((done) =>
        element.querySelector('.card')!.addEventListener('toggle', done, { once: true }),
      );
      act();
      await toggled;
      await fixture.whenStable();
    };
    expect(marked()).toBe('');

    await openness(() => element.querySelector<HTMLElement>('app-message-bubble .about')!.click());
    expect(marked()).toContain('Hi');

    await openness(() => element.querySelector<HTMLElement>('.card button[aria-label="Close"]')!.click());
    expect(marked()).toBe('');
  });

  it('says that what is written now goes into the survey', async () => {
    const writer = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    const { element, bridge, write } = await renderPane(writer);
    expect(element.textContent).toContain('goes into the survey');

    await write('5');
    expect(bridge.messages[0]?.request.dialogId).toBe('PwT_YK91Sum3vu5H6T3YnA' as never);
  });
});
