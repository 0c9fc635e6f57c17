import { TestBed } from '@angular/core/testing';

import { textExcess } from '#protocol/connector/publish-request';
import { asConversationId, asDialogId } from '#protocol/identifiers';

import { expectAccessible } from '../testing/expect-accessible';
import { Drafts } from './drafts';
import { MessageComposer } from './message-composer';

async function renderComposer(draftKey = 'c1') {
  const fixture = TestBed.createComponent(MessageComposer);
  fixture.componentRef.setInput('draftKey', draftKey);
  const sent: string[] = [];
  let typed = 0;
  fixture.componentInstance.messageComposed.subscribe((text) => sent.push(text));
  fixture.componentInstance.typed.subscribe(() => (typed += 1));
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const field = element.querySelector('textarea')!;
  const type = async (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const press = async (init: KeyboardEventInit = {}) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }));
    await fixture.whenStable();
  };
  return {
    fixture,
    element,
    field,
    sent,
    type,
    press,
    typedCount: () => typed,
    button: element.querySelector('button')!,
  };
}

/** Letters that a request has room for. */
const ROOM = 10_000 - textExcess('x'.repeat(10_000), null);

describe('MessageComposer', () => {
  beforeEach(() => sessionStorage.clear());

  it('sends the draft by its button and clears the field', async () => {
    const { element, field, sent, type, button, fixture } = await renderComposer();
    await type('  hello ');
    await expectAccessible(element);

    button.click();
    await fixture.whenStable();

    expect(sent).toEqual(['hello']);
    expect(field.value).toBe('');
  });

  it('stays in its column, with its button in sight, whatever is written', async () => {
    const { element, type, button } = await renderComposer();
    element.style.cssText = 'display: block; width: 300px';

    await type('x'.repeat(6_000));

    const { right } = element.getBoundingClientRect();
    for (const part of [button, element.querySelector('.too-long')!, element.querySelector('textarea')!]) {
      expect(part.getBoundingClientRect().right).withContext(part.className).toBeLessThanOrEqual(right);
    }
  });

  it('clears the field also when Enter follows the last key before the page was drawn', async () => {
    const { field, sent, press } = await renderComposer();
    field.value = 'hello';
    field.dispatchEvent(new Event('input'));
    await press();

    expect(sent).toEqual(['hello']);
    expect(field.value).toBe('');
  });

  it('sends on Enter, begins a line on Shift+Enter', async () => {
    const { sent, type, press } = await renderComposer();
    await type('hello');
    await press({ shiftKey: true });
    expect(sent).toEqual([]);

    await press();
    expect(sent).toEqual(['hello']);
  });

  it('leaves Enter to an input method that is composing, or has just ended to', async () => {
    const { sent, type, press, field } = await renderComposer();
    await type('こん');
    await press({ isComposing: true });
    field.dispatchEvent(new CompositionEvent('compositionend'));
    await press();

    expect(sent).toEqual([]);
  });

  it('sends no blanks, and its button says why', async () => {
    const { sent, type, press, button } = await renderComposer();
    await type('  \n ');
    await press();

    expect(sent).toEqual([]);
    expect(button.title).toBe('Write a message first');
  });

  it('refuses what is longer than a request may be, and keeps it', async () => {
    const { element, sent, type, press, field, button } = await renderComposer();
    await type('x'.repeat(ROOM + 3));
    await press();

    expect(sent).toEqual([]);
    expect(field.value.length).toBe(ROOM + 3);
    expect(element.textContent).toContain('3 characters too long');
    expect(button.title).toContain('too long for a request');

    await type('x'.repeat(ROOM + 1));
    expect(element.textContent).toContain('1 character too long');

    await type(`  ${'x'.repeat(ROOM)}\n`);
    expect(element.textContent).not.toContain('too long');
    await press();
    expect(sent).toEqual(['x'.repeat(ROOM)]);
  });

  it('counts what the request will be: what is escaped in it, and where it goes', async () => {
    const { fixture, element, type } = await renderComposer();
    const told = () => element.querySelector('.too-long')?.textContent ?? null;
    const pair = (of: string) => of.repeat(ROOM / 2);

    await type(pair('"'));
    expect(told()).toBeNull();
    await type(`${pair('"')}"`);
    expect(told()).toBe('2 characters too long');
    await type(`${pair('\n')}x`.replace('\n', 'x'));
    expect(told()).toBeNull();
    await type('ü'.repeat(ROOM));
    expect(told()).toBeNull();
    await type(pair('😀'));
    expect(told()).toBeNull();
    await type(`${pair('😀')}😀`);
    expect(told()).toBe('2 characters too long');

    await type('x'.repeat(ROOM));
    const place = { conversationId: asConversationId('x'.repeat(36)), dialogId: asDialogId('x'.repeat(40)) };
    fixture.componentRef.setInput('place', place);
    await fixture.whenStable();
    expect(told()).toBe('4 characters too long');
  });

  it('sets the field no limit: the browser would cut what is pasted, in silence', async () => {
    const { field } = await renderComposer();

    expect(field.maxLength).toBe(-1);
  });

  it('keeps a draft per conversation, also through a reload', async () => {
    const { fixture, field, type } = await renderComposer('c1');
    await type('for the first');
    fixture.componentRef.setInput('draftKey', 'c2');
    await fixture.whenStable();
    expect(field.value).toBe('');

    TestBed.resetTestingModule();
    expect((await renderComposer('c1')).field.value).toBe('for the first');
  });

  it('gives a text back that could not be sent, above what was written meanwhile', async () => {
    const { fixture, field, type, press } = await renderComposer();
    const drafts = TestBed.inject(Drafts);
    await type('hello');
    fixture.componentInstance.messageComposed.subscribe((text) => drafts.giveBack(drafts.hold('c1', text)));

    await press();
    expect(field.value).toBe('hello');

    const held = drafts.hold('c1', 'lost');
    field.value = 'other';
    field.dispatchEvent(new Event('input'));
    drafts.giveBack(held);
    await fixture.whenStable();
    expect(field.value).toBe('lost\nother');
  });

  it('begins with what closed tabs have left, each text once', async () => {
    const left = ['one', 'other', 'one'].map((text) => ({ key: 'c1', text, isBeingSent: false }));
    sessionStorage.setItem('until-sign-out', JSON.stringify({ drafts: left }));

    const { field, type } = await renderComposer();
    expect(field.value).toBe('one\nother');

    await type('');
    expect(TestBed.inject(Drafts).of('c1')).toBe('');
  });

  it('takes an example in the place of another, but never in the place of what somebody wrote', async () => {
    const { fixture, field, type } = await renderComposer();
    fixture.componentInstance.fill('help');
    fixture.componentInstance.fill('image');
    expect(field.value).toBe('image');

    await type('dear agent, ');
    fixture.componentInstance.fill('help');
    expect(field.value).toBe('dear agent, help');
  });

  it('tells of typing by the person only', async () => {
    const { type, press, typedCount } = await renderComposer();
    await type('a');
    await press();

    expect(typedCount()).toBe(1);
  });
});
