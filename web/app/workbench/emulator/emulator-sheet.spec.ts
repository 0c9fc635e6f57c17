import { TestBed } from '@angular/core/testing';

import type {
  AddFaultRequest,
  AgentActRequest,
  EmulatorFault,
  EmulatorPersona,
  EmulatorSettings,
} from '#protocol/emulator-controls';
import type { ConversationId } from '#protocol/identifiers';

import { EmulatorClient } from '../../bridge/emulator-client';
import { ConversationStore } from '../../conversation/conversation-store';
import { ConversationsStore } from '../../conversation/conversations-store';
import { buildFailure } from '../../testing/build-failure';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { PageCommands } from '../../ui/page-commands';
import { nextTurn } from '../../ui/turns';
import { LOOK_REST_MS } from './emulator-desk';
import { EmulatorSheet } from './emulator-sheet';

class FakeEmulator implements Pick<
  EmulatorClient,
  'faults' | 'settings' | 'set' | 'addFault' | 'removeFault' | 'act' | 'persona' | 'deliveries'
> {
  inForce: readonly EmulatorFault[] = [];
  failure: Error | null = null;
  answering: EmulatorPersona = 'greeter';
  readonly added: AddFaultRequest[] = [];
  readonly removed: (string | null)[] = [];
  readonly acts: (readonly [ConversationId, AgentActRequest])[] = [];

  personaFailure: Error | null = null;
  persona = () =>
    this.personaFailure === null ? Promise.resolve(this.answering) : Promise.reject(this.personaFailure);
  deliveries = () => Promise.resolve({ deliveries: [], apps: [] });
  faults = () => Promise.resolve(this.inForce);
  account: EmulatorSettings = { hasSurvey: true };
  settings = () => Promise.resolve(this.account);
  set = (settings: EmulatorSettings) => this.done(() => (this.account = settings));
  addFault = (request: AddFaultRequest) => this.done(() => this.added.push(request));
  removeFault = (id: string | null) => this.done(() => this.removed.push(id));
  act = (id: ConversationId, request: AgentActRequest) =>
    this.done(() => {
      this.acts.push([id, request]);
      if (request.act === 'persona') this.answering = request.persona;
    });

  private done(note: () => unknown): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    note();
    return Promise.resolve();
  }
}

async function openSheet(
  writer: LogWriter | null,
  prepare: (emulator: FakeEmulator) => void = () => undefined,
) {
  const { log } = provideConversation();
  const emulator = new FakeEmulator();
  TestBed.configureTestingModule({
    providers: [
      { provide: EmulatorClient, useValue: emulator },
      { provide: LOOK_REST_MS, useValue: 0 },
    ],
  });
  prepare(emulator);
  log.deliver(...(writer?.entries ?? []));
  await TestBed.inject(ConversationsStore).show(APP);
  if (writer !== null) TestBed.inject(ConversationStore).show(CONVERSATION);
  const fixture = TestBed.createComponent(EmulatorSheet);
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  await fixture.whenStable();
  const rest = async () => {
    await settle();
    await nextTurn();
    await settle();
    await fixture.whenStable();
  };
  const press = async (name: string) => {
    [...element.querySelectorAll('button')]
      .find((one) => (one.ariaLabel ?? one.textContent).trim() === name)!
      .click();
    await rest();
  };
  await press('Emulator controls');
  const selects = () => [...element.querySelectorAll('select')];
  const rows = () => [...element.querySelectorAll('.faults li')].map((row) => row.textContent.trim());
  const told = () => element.querySelector('.told')?.textContent;
  return { emulator, log, element, fixture, press, rest, rows, selects, told };
}

const fault = (id: string, more: Partial<EmulatorFault> = {}): EmulatorFault => ({
  ...{ id, preset: 'webhook-doubled', on: 'webhook', kind: 'duplicate', left: 2, ...more },
});

describe('the emulator’s sheet', () => {
  it('opens with the keyboard in it, and closes', async () => {
    const { element, press } = await openSheet(null);
    const sheet = element.querySelector('[popover]')!;
    expect(sheet.matches(':popover-open')).toBeTrue();
    expect(document.activeElement).toBe(element.querySelector('h2'));
    await expectAccessible(element);

    await press('Close');

    expect(sheet.matches(':popover-open')).toBeFalse();
    expect(document.activeElement).toBe(element.querySelector('button'));
  });

  it('stays open while one works beside it, until it is closed by Escape or its button', async () => {
    const { element, press } = await openSheet(null);
    const sheet = element.querySelector('[popover]')!;
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    document.body.click();
    expect(sheet.matches(':popover-open')).toBeTrue();

    await press('Emulator controls');
    expect(sheet.matches(':popover-open')).toBeFalse();
    await press('Emulator controls');
    const escape = { key: 'Escape', bubbles: true };
    sheet.dispatchEvent(new KeyboardEvent('keydown', { ...escape, isComposing: true }));
    expect(sheet.matches(':popover-open')).toBeTrue();
    sheet.dispatchEvent(new KeyboardEvent('keydown', escape));
    expect(sheet.matches(':popover-open')).toBeFalse();
  });

  it('opens by a command too, and takes the keyboard when it is open already', async () => {
    const { element, fixture, press } = await openSheet(null);
    const run = async () => {
      TestBed.inject(PageCommands)
        .all()
        .find(({ label }) => label === 'Emulator controls')!
        .run();
      await fixture.whenStable();
    };
    await press('Close');
    await run();
    expect(element.querySelector('[popover]')!.matches(':popover-open')).toBeTrue();

    element.querySelector('button')!.focus();
    await run();
    expect(document.activeElement).toBe(element.querySelector('h2'));
  });

  it('goes to the other side, and back, when it is in the way', async () => {
    const { element, press } = await openSheet(null);
    const edge = () => element.querySelector('[popover]')!.getBoundingClientRect();
    const right = edge().right;

    await press('Move to the left');
    expect(edge().left).toBe(document.documentElement.clientWidth - right);
    await press('Move to the right');
    expect(edge().right).toBe(right);
  });

  it('asks for a fault as often as is chosen', async () => {
    const { emulator, press, selects, told } = await openSheet(null);
    const [preset, count] = selects();
    preset!.value = 'Its webhook is lost';
    count!.value = '3 times';

    await press('Add');
    count!.value = 'Until removed';
    await press('Add');

    expect(emulator.added).toEqual([
      { preset: 'webhook-lost', count: 3 },
      { preset: 'webhook-lost', count: null },
    ]);
    expect(told()).toBe('Added: Its webhook is lost');
  });

  it('shows what is in force, how often it still happens, and follows what happens', async () => {
    const { emulator, log, rest, rows } = await openSheet(null);
    expect(rows()).toEqual(['Nothing goes wrong on purpose.']);

    emulator.inForce = [fault('1'), fault('2', { preset: null, on: 'call', kind: 'slow-body', left: null })];
    log.cursor.set(7);
    await rest();

    expect(rows()).toEqual(['Its webhook comes twice2 more', 'call: slow-bodyuntil removed']);
  });

  it('has what is in force close below its heading', async () => {
    const { element, press } = await openSheet(null);
    await press('Faults');

    const heading = element.querySelector('h4')!.getBoundingClientRect();
    const list = element.querySelector('.faults')!.getBoundingClientRect();
    expect(list.top - heading.bottom).toBeLessThan(16);
  });

  it('removes one fault, or all, with the keyboard left where they stood', async () => {
    const { element, emulator, log, rest, press } = await openSheet(null);
    await press('Faults');
    emulator.inForce = [fault('one'), fault('two', { preset: 'call-500' })];
    log.cursor.set(7);
    await rest();

    await press('Remove: The cloud answers 500');
    await press('Remove all');

    expect(emulator.removed).toEqual(['two', null]);
    expect(document.activeElement).toBe(element.querySelector('h4'));
  });

  it('tells what was done, or why it was not, only until another tab is chosen', async () => {
    const { element, emulator, press, told } = await openSheet(new LogWriter().opened());
    await press('Join');
    expect(told()).toBe('An agent joined');

    await press('Deliveries');
    expect(told()).toBe('');

    await press('Agent');
    emulator.failure = buildFailure('upstream-unreachable');
    await press('Join');
    expect(element.querySelector('app-failure-note')).not.toBeNull();
    await press('Deliveries');
    expect(element.querySelector('app-failure-note')).toBeNull();
  });

  it('leaves the keyboard where somebody works meanwhile', async () => {
    const { element, emulator, log, rest } = await openSheet(null);
    emulator.inForce = [fault('one')];
    log.cursor.set(7);
    await rest();
    const elsewhere = document.body.appendChild(document.createElement('input'));

    element.querySelector<HTMLElement>('.faults button')!.click();
    elsewhere.focus();
    await rest();

    expect(emulator.removed).toEqual(['one']);
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });

  it('lets the agent of the conversation act, speak and be somebody else', async () => {
    const { emulator, element, press, selects, told } = await openSheet(new LogWriter().opened());
    await expectAccessible(element);

    await press('Join');
    await press('Send a card');
    const field = element.querySelector('input')!;
    field.value = ' How can I help? ';
    await press('Say');
    expect(field.value).toBe('');
    selects()[0]!.value = 'echo';
    await press('Change');

    expect(emulator.acts.map(([id, asked]) => [id === CONVERSATION, asked])).toEqual([
      [true, { act: 'join' }],
      [true, { act: 'structured' }],
      [true, { act: 'say', text: 'How can I help?' }],
      [true, { act: 'persona', persona: 'echo' }],
    ]);
    expect(told()).toBe('Answers now: Repeats what is written');
  });

  it('shows who answers now, also when the consumer has chosen somebody else', async () => {
    const { emulator, log, press, rest, selects } = await openSheet(new LogWriter().opened());
    expect(selects()[0]!.value).toBe('greeter');

    emulator.answering = 'slow';
    log.cursor.set(7);
    await rest();
    expect(selects()[0]!.value).toBe('slow');

    await press('Close');
    await press('Emulator controls');
    await rest();
    expect(selects()[0]!.value).toBe('slow');
  });

  it('shows nobody while it is not known who answers, and the one known while it cannot be asked', async () => {
    const { emulator, element, log, rest, selects } = await openSheet(new LogWriter().opened(), (fake) => {
      fake.personaFailure = buildFailure('upstream-unreachable');
    });
    expect(selects()[0]!.selectedOptions[0]!.textContent).toBe('Not known yet');
    expect(element.querySelector('app-failure-note')).not.toBeNull();

    emulator.personaFailure = null;
    emulator.answering = 'echo';
    log.cursor.set(7);
    await rest();
    expect(selects()[0]!.selectedOptions[0]!.textContent).toBe('Repeats what is written');
    expect(element.querySelector('app-failure-note')).toBeNull();

    emulator.personaFailure = buildFailure('upstream-unreachable');
    log.cursor.set(8);
    await rest();
    expect(selects()[0]!.value).toBe('echo');
  });

  it('switches the account’s survey off and on, with and without a conversation', async () => {
    for (const writer of [null, new LogWriter().opened()]) {
      TestBed.resetTestingModule();
      const { emulator, element, log, rest, told } = await openSheet(writer);
      const survey = () => element.querySelector<HTMLInputElement>('[role=switch]')!;
      expect(survey().checked).toBeTrue();
      expect(survey().labels![0]!.textContent).toContain('Survey after a conversation ends');
      await expectAccessible(element);

      survey().click();
      await rest();
      expect(emulator.account).toEqual({ hasSurvey: false });
      expect(told()).toBe('No survey follows any more');
      survey().click();
      await rest();
      expect(emulator.account).toEqual({ hasSurvey: true });
      expect(told()).toBe('A survey may follow from now on');

      // Somebody else has switched it.
      emulator.account = { hasSurvey: false };
      log.cursor.set(7);
      await rest();
      expect(survey().checked).toBeFalse();
      element.remove();
    }
  });

  it('shows the survey as it is when it could not be switched, and says why', async () => {
    const { emulator, element, rest } = await openSheet(null);
    emulator.failure = buildFailure('upstream-unreachable');
    const survey = element.querySelector<HTMLInputElement>('[role=switch]')!;

    survey.click();
    expect(survey.checked).toBeFalse();
    await rest();

    expect(survey.checked).toBeTrue();
    expect(element.querySelector('app-failure-note')).not.toBeNull();
  });

  it('says of a closed conversation that its agent can do nothing more', async () => {
    const { emulator, element, press } = await openSheet(
      new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'CLOSE' }),
    );
    await expectAccessible(element);

    await press('Join');
    await press('Say');

    expect(emulator.acts).toEqual([]);
    expect(element.querySelector('#agent-is-done')!.textContent).toContain('This conversation is closed');
    const buttons = [...element.querySelectorAll('app-agent-controls button')];
    expect(buttons.filter((one) => one.ariaDisabled !== 'true')).toEqual([]);
  });

  it('says what is missing when the agent is to say nothing', async () => {
    const { emulator, element, press, told } = await openSheet(new LogWriter().opened());
    await press('Join');

    await press('Say');

    expect(told()).toBe('Write what the agent is to say.');
    expect(document.activeElement).toBe(element.querySelector('input'));
    expect(emulator.acts.length).toBe(1);
  });

  it('says what was submitted once, and keeps what is written after it', async () => {
    const { emulator, element, press, rest } = await openSheet(new LogWriter().opened());
    const field = element.querySelector('input')!;
    const say = [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Say')!;
    field.value = 'Hello';
    say.click();
    say.click();
    field.value = 'Second';
    await rest();
    expect(field.value).toBe('Second');

    emulator.failure = buildFailure('upstream-rejected');
    say.click();
    field.value = 'third';
    await rest();
    expect(field.value).toBe('Second third');

    emulator.failure = null;
    await press('Say');
    expect(emulator.acts.map(([, asked]) => asked)).toEqual([
      { act: 'say', text: 'Hello' },
      { act: 'say', text: 'Second third' },
    ]);
  });

  it('keeps the words that the agent could not say, and says why', async () => {
    const { emulator, element, press } = await openSheet(new LogWriter().opened());
    emulator.failure = buildFailure('upstream-rejected');
    const field = element.querySelector('input')!;
    field.value = 'Hello';

    await press('Say');

    expect(field.value).toBe('Hello');
    expect(element.querySelector('app-failure-note')).not.toBeNull();
    await press('Close');
    await press('Emulator controls');
    expect(element.querySelector('app-failure-note')).toBeNull();
  });

  it('offers no agent without a conversation', async () => {
    const { element } = await openSheet(null);

    expect(element.textContent).toContain('Open a conversation with a first message');
    expect(element.querySelector('app-agent-controls button')).toBeNull();
  });
});
