import { TestBed } from '@angular/core/testing';

import { buildFailure } from '../../testing/build-failure';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter, MAIN, START } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { ChatStateReporter } from '../chat-state-reporter';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { RECEIPT_DELAY_MS, ReceiptReporter } from '../receipt-reporter';
import { ALL_AUTOMATIC, AutomaticSettings, readAutomatic } from './automatic-settings';
import { ConsumerControls } from './consumer-controls';

async function openConversation(writer = new LogWriter().opened()) {
  const parts = provideConversation();
  parts.log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  TestBed.inject(ConversationStore).show(CONVERSATION);
  await settle();
  const told = () => parts.bridge.chatStates.map(({ request }) => request.chatState);
  const settings = TestBed.inject(AutomaticSettings);
  return { ...parts, told, settings, reporter: TestBed.inject(ChatStateReporter), writer };
}

describe('automatic chat states', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());
  const wait = async (ms: number) => {
    jasmine.clock().tick(ms);
    await settle();
  };
  const touch = async () => {
    document.dispatchEvent(new Event('pointermove'));
    await settle();
  };

  it('tell INACTIVE once after the idle time, and ACTIVE at the next touch', async () => {
    const { bridge, told, settings } = await openConversation();
    settings.set({ idleAfterSeconds: 30 });
    await settle();

    await wait(29_000);
    await touch();
    await wait(29_000);
    expect(told()).toEqual([]);

    await wait(1_000);
    await wait(60_000);
    expect(told()).toEqual(['INACTIVE']);

    await touch();
    expect(told()).toEqual(['INACTIVE', 'ACTIVE']);
    expect(bridge.statesByHand).toEqual([]);
  });

  it('are not told when they are switched off, each by itself', async () => {
    const { told, settings, reporter, presence } = await openConversation();
    settings.set({ typing: false, presence: false, idle: false });
    await settle();

    reporter.typed();
    presence.leave();
    await settle();
    presence.comeBack();
    await wait(3_600_000);

    expect(told()).toEqual([]);
  });

  it('say GONE with the page’s last breath, once', async () => {
    const { bridge, presence } = await openConversation();

    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pagehide'));
    expect(bridge.lastWords.map(({ request }) => request.chatState)).toEqual(['GONE']);

    presence.leave();
    await settle();
    expect(bridge.lastWords.length).toBe(1);
  });
});

describe('automatic receipts', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date(START)));
  afterEach(() => jasmine.clock().uninstall());

  it('are withheld while switched off and told when switched on again', async () => {
    const { bridge, log, settings, writer } = await openConversation();
    TestBed.inject(ReceiptReporter).reportFor(APP);
    const told = () => bridge.receipts.map(({ request }) => request.status);
    const wait = async () => {
      await settle();
      jasmine.clock().tick(RECEIPT_DELAY_MS);
      await settle();
    };
    settings.set({ accept: false });
    log.deliver(...writer.agentSays(0, 'a').entries.slice(-1));
    await wait();
    expect(told()).toEqual([]);

    settings.set({ accept: true });
    await wait();
    expect(told()).toEqual(['ACCEPT']);
  });
});

describe('readAutomatic', () => {
  it('keeps what fits and takes the defaults for the rest', () => {
    expect(readAutomatic(null)).toEqual(ALL_AUTOMATIC);
    expect(readAutomatic('{')).toEqual(ALL_AUTOMATIC);
    expect(readAutomatic('{"read":false,"typing":"no","idleAfterSeconds":1}')).toEqual({
      ...ALL_AUTOMATIC,
      read: false,
    });
  });
});

describe('ConsumerControls', () => {
  async function render(writer?: LogWriter) {
    const parts = await openConversation(writer);
    const fixture = TestBed.createComponent(ConsumerControls);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const press = async (name: string) => {
      [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name)!.click();
      await settle();
      await fixture.whenStable();
    };
    return { ...parts, fixture, element, press };
  }

  it('tells each chat state by hand', async () => {
    const { bridge, told, element, press } = await render();

    for (const state of ['ACTIVE', 'INACTIVE', 'GONE', 'COMPOSING', 'PAUSE']) await press(state);

    expect(told()).toEqual(['ACTIVE', 'INACTIVE', 'GONE', 'COMPOSING', 'PAUSE']);
    expect(bridge.statesByHand.length).toBe(5);
    expect(element.querySelector('[role=status]')?.textContent).toContain('PAUSE sent');
    await expectAccessible(element);
  });

  it('tells a state that is pressed while another is on its way after that one', async () => {
    const { bridge, element, press } = await render();
    const first = Promise.withResolvers<undefined>();
    const tell = bridge.sendChatState.bind(bridge);
    spyOn(bridge, 'sendChatState').and.callFake(async (...asked) => {
      await tell(...asked);
      if (asked[1].chatState === 'COMPOSING') await first.promise;
    });
    await press('COMPOSING');
    await press('PAUSE');
    expect(bridge.statesByHand.map(({ request }) => request.chatState)).toEqual(['COMPOSING']);

    first.resolve(undefined);
    await settle();

    expect(bridge.statesByHand.map(({ request }) => request.chatState)).toEqual(['COMPOSING', 'PAUSE']);
    expect(element.querySelector('[role=status]')?.textContent).toContain('PAUSE sent');
  });

  it('shows why a state was not taken', async () => {
    const { bridge, element, press } = await render();
    bridge.refusal = buildFailure('upstream-rejected');

    await press('GONE');

    expect(element.querySelector('app-failure-note')).not.toBeNull();
  });

  it('tells nothing into a survey or a closed conversation, where none stands any more', async () => {
    const writer = new LogWriter().opened();
    const event = { type: 'ChatStateEvent', chatState: 'PAUSE' } as const;
    writer.add({ kind: 'event-published', dialogId: MAIN, event });
    const { told, press, element } = await render(
      writer.conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' }),
    );

    await press('ACTIVE');

    expect(told()).toEqual([]);
    expect(element.querySelector('.is-chosen')).toBeNull();
    expect(element.querySelector('.pill')?.getAttribute('title')).toContain('survey');
  });

  it('switches each automatic one off, sets the idle time, and says how many are off', async () => {
    const { settings, element, fixture } = await render();
    element.querySelector('details')!.open = true;
    const [typing] = element.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    const seconds = element.querySelector<HTMLInputElement>('input[type=number]')!;

    typing!.click();
    seconds.value = '45';
    seconds.dispatchEvent(new Event('change'));
    await fixture.whenStable();

    expect(settings.current()).toEqual({ ...ALL_AUTOMATIC, typing: false, idleAfterSeconds: 45 });
    expect(element.textContent).toContain('1 off');
    seconds.value = '1';
    seconds.dispatchEvent(new Event('change'));
    expect(seconds.value).toBe('45');
    await expectAccessible(element);
  });
});
