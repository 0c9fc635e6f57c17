import { TestBed } from '@angular/core/testing';

import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { buildFailure } from '../../testing/build-failure';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter, MAIN } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { RawEventDialog } from './raw-event-dialog';
import { RAW_EVENT_EXAMPLES, readRawEvent } from './read-raw-event';

const wordsFor = (text: string): string => {
  const reading = readRawEvent(text);
  return reading.kind === 'error' ? reading.words : reading.warnings.join(' ');
};

describe('readRawEvent', () => {
  it('takes every example without a warning', () => {
    expect(RAW_EVENT_EXAMPLES.map(({ event }) => wordsFor(JSON.stringify(event)))).toEqual(['', '', '', '']);
  });

  it('says what is no event', () => {
    expect(wordsFor('{ "type": ')).toBe(
      'This is not valid JSON: line 1, column 11. The text ends too early.',
    );
    expect(wordsFor('[]')).toContain('JSON object');
    expect(wordsFor('{"message":"x"}')).toContain('"type"');
    expect(wordsFor(`{"type":"x","a":"${'x'.repeat(70_000)}"}`)).toContain('characters');
  });

  it('warns of what a text or a file needs and does not have', () => {
    const content = (parts: object) => wordsFor(JSON.stringify({ type: 'ContentEvent', ...parts }));
    expect(content({})).toBe('"contentType" is missing, e.g. "text/plain". "message" is missing.');
    expect(content({ contentType: 'text/plain', message: null })).toBe('"message" is missing.');
    expect(content({ contentType: 'text/plain', message: { a: 1 } })).toBe(
      '"message" of a text is a string.',
    );
    expect(content({ contentType: 'forms/secure', message: { a: 1 } })).toBe('');

    const file = { caption: 'cat.png', relativePath: '/v1/cat.PNG', fileType: 'PNG' };
    expect(content({ contentType: 'hosted/file', message: file })).toBe('');
    expect(content({ contentType: 'hosted/file', message: { ...file, relativePath: undefined } })).toBe(
      '"message" of a file needs relativePath, a string.',
    );
    expect(content({ contentType: 'hosted/file', message: 'cat.png' })).toBe(
      '"message" of a file is an object with caption, relativePath, fileType.',
    );
  });

  it('warns of a wrong event but lets it pass, since the refusal is worth seeing', () => {
    expect(wordsFor('{"type":"ChatStateEvent","chatState":"SLEEPING"}')).toContain('COMPOSING');
    expect(wordsFor('{"type":"AcceptStatusEvent","status":"READ","sequenceList":[]}')).toContain(
      'sequenceList',
    );
    expect(wordsFor('{"type":"NewEvent"}')).toContain('not documented');
    expect(wordsFor('{"type":"toString"}')).toContain('not documented');
    expect(readRawEvent('{"type":"NewEvent"}').kind).toBe('event');
  });
});

async function openDialog(writer = new LogWriter().opened().conversation()) {
  const { bridge, log } = provideConversation();
  log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  TestBed.inject(ConversationStore).show(CONVERSATION);
  const fixture = TestBed.createComponent(RawEventDialog);
  await fixture.whenStable();
  fixture.componentInstance.open();
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const editor = element.querySelector('textarea')!;
  const press = async (name: string) => {
    [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name)!.click();
    await settle();
    await fixture.whenStable();
  };
  const write = async (text: string) => {
    editor.value = text;
    editor.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  return { bridge, log, element, editor, press, write, fixture };
}

describe('RawEventDialog', () => {
  it('sends the event as it is written and tells its sequence', async () => {
    const { bridge, element, press, write } = await openDialog();
    await write('{"type":"ContentEvent","contentType":"text/plain","message":"by hand","extra":1}');

    await press('Send event');

    expect(bridge.events.map(({ request }) => [request.dialogId, request.event])).toEqual([
      [MAIN, { type: 'ContentEvent', contentType: 'text/plain', message: 'by hand', extra: 1 }],
    ]);
    expect(element.querySelector('.actions [role=status]')?.textContent).toContain('sequence 0');
    await expectAccessible(element);
  });

  it('sends into the dialog that was chosen, whatever arrives meanwhile', async () => {
    const survey = { state: 'OPEN', stage: 'OPEN', survey: 'OPEN' } as const;
    const writer = new LogWriter().opened().conversation(survey);
    const { bridge, log, element, press, fixture } = await openDialog(writer);
    const dialogs = element.querySelector('select')!;
    const other = [...dialogs.options].find((one) => one.value !== dialogs.value)!.value;
    dialogs.value = other;
    dialogs.dispatchEvent(new Event('change'));
    await fixture.whenStable();

    log.deliver(...writer.agentSays(3, 'Something new').entries.slice(-1));
    await settle();
    await fixture.whenStable();
    expect(dialogs.value).toBe(other);
    await press('Send event');

    expect(bridge.events.map(({ request }) => String(request.dialogId))).toEqual([other]);
  });

  it('keeps the text after a refusal, and the same id for the next try', async () => {
    const { bridge, element, press } = await openDialog();
    bridge.refusal = buildFailure('upstream-rejected');
    await press('Send event');
    expect(element.querySelector('app-failure-note')).not.toBeNull();
    bridge.refusal = null;

    await press('Send event');
    await press('Send event');

    const [first, second, third] = bridge.events.map(({ request }) => request.clientMessageId);
    expect(second).toBe(first);
    expect(third).not.toBe(second);
  });

  it('takes a double press for one, also where the first is refused at once', async () => {
    const { bridge, element, editor, fixture } = await openDialog();
    bridge.refusal = buildFailure('upstream-rejected');
    const send = [...element.querySelectorAll('button')].find(
      (one) => one.textContent.trim() === 'Send event',
    )!;
    const does = async (target: HTMLElement, event: Event) => {
      target.dispatchEvent(event);
      await settle();
      await fixture.whenStable();
      return bridge.events.length;
    };
    const click = (detail: number) => does(send, new MouseEvent('click', { detail }));
    const enter = (repeat: boolean) =>
      does(editor, new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat }));

    expect([await click(1), await click(2)]).toEqual([1, 1]);
    expect(element.querySelector('app-failure-note')).not.toBeNull();
    expect([await enter(false), await enter(true)]).toEqual([2, 2]);
    expect(await click(1)).toBe(3);
  });

  it('does not send what is no event, and says why', async () => {
    const { bridge, element, press, write } = await openDialog();
    await write('{');

    await press('Send event');

    expect(bridge.events).toEqual([]);
    expect(element.querySelector('#raw-event-verdict')?.textContent).toContain('not valid JSON');
  });

  describe('puts nothing in place of what was written by hand for good', () => {
    const MINE = '{"type":"ContentEvent","contentType":"text/plain","message":"by hand"}';
    const opened = async () => {
      const dialog = await openDialog();
      const { element, fixture } = dialog;
      const named = (name: string) =>
        [...element.querySelectorAll('button')].find((one) => one.textContent.trim() === name)!;
      const isOffered = () => named('Put back my text').checkVisibility({ visibilityProperty: true });
      const again = async (event: object) => {
        fixture.componentInstance.open({ dialogId: MAIN, event });
        await fixture.whenStable();
      };
      return { ...dialog, named, isOffered, again };
    };

    it('and gives it back once an example took its place, with the keyboard in it', async () => {
      const { element, editor, press, write, isOffered } = await opened();
      const told = () => element.querySelector('.bar [role=status]')?.textContent;
      await write(MINE);
      expect([isOffered(), told()]).toEqual([false, '']);

      await press('Chat state');
      expect(JSON.parse(editor.value)).toEqual({ type: 'ChatStateEvent', chatState: 'COMPOSING' });
      expect([isOffered(), told()]).toEqual([true, 'What you wrote can be put back.']);
      await expectAccessible(element);
      await press('Put back my text');

      expect([editor.value, isOffered()]).toEqual([MINE, false]);
      expect(document.activeElement).toBe(editor);
    });

    it('however many examples are looked at', async () => {
      const { editor, press, write } = await opened();
      await write(MINE);

      for (const example of ['Chat state', 'Structured', 'Text', 'Text']) await press(example);
      await press('Put back my text');

      expect(editor.value).toBe(MINE);
    });

    it('also when the example was changed, which can be had back in turn', async () => {
      const { editor, press, write } = await opened();
      await write(MINE);
      await press('Chat state');

      await write('{ "type": "Mine" }');
      await press('Put back my text');
      expect(editor.value).toBe(MINE);
      await press('Put back my text');

      expect(editor.value).toBe('{ "type": "Mine" }');
    });

    it('of two texts the later', async () => {
      const { editor, press, write } = await opened();
      await write(MINE);
      await press('Chat state');
      await write('{ "type": "Mine" }');

      await press('Structured');
      await press('Put back my text');

      expect(editor.value).toBe('{ "type": "Mine" }');
    });

    it('nor an event that is to be sent again, which can be had back in turn', async () => {
      const { editor, press, write, isOffered, again } = await opened();
      await write(MINE);

      await again({ type: 'Sent', before: true });
      await press('Put back my text');
      expect(editor.value).toBe(MINE);
      await press('Put back my text');

      expect(JSON.parse(editor.value)).toEqual({ type: 'Sent', before: true });
      expect(isOffered()).toBeTrue();
    });

    it('and offers nothing where nothing was written', async () => {
      const { press, write, isOffered } = await opened();

      for (const example of ['Chat state', 'Text']) await press(example);
      expect(isOffered()).toBeFalse();
      await write('  ');
      await press('Structured');

      expect(isOffered()).toBeFalse();
    });

    it('and moves no button for that', async () => {
      const { element, press, write } = await opened();
      const places = () =>
        [...element.querySelectorAll('button')].map((one) => {
          const { x, y } = one.getBoundingClientRect();
          return [one.textContent.trim(), x, y];
        });
      await write(MINE);
      const before = places();

      await press('Text');

      expect(places()).toEqual(before);
    });

    it('and keeps it while the dialog is closed', async () => {
      const { editor, element, press, write, fixture } = await opened();
      await write(MINE);
      element.querySelector('dialog')!.close();

      fixture.componentInstance.open();
      await fixture.whenStable();
      expect(editor.value).toBe(MINE);
      await press('Chat state');
      element.querySelector('dialog')!.close();
      fixture.componentInstance.open();
      await press('Put back my text');

      expect(editor.value).toBe(MINE);
    });
  });

  it('opens with an event that was sent before', async () => {
    const { fixture, editor } = await openDialog();

    fixture.componentInstance.open({ dialogId: MAIN, event: { type: 'ChatStateEvent', chatState: 'GONE' } });
    await fixture.whenStable();

    expect(JSON.parse(editor.value)).toEqual({ type: 'ChatStateEvent', chatState: 'GONE' });
  });
});
