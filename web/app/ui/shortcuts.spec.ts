import { TestBed } from '@angular/core/testing';

import { Shortcuts } from './shortcuts';

describe('Shortcuts', () => {
  function press(
    key: string,
    target: EventTarget = document.body,
    init: KeyboardEventInit = {},
  ): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event;
  }

  function register(key: string, withControl = false) {
    const fired: string[] = [];
    const end = TestBed.inject(Shortcuts).register({
      ...{ key, withControl, words: 'Does it', group: 'Lists' },
      run: () => void fired.push(key),
    });
    return { fired, end };
  }

  it('fires its key, and keeps the browser from doing its own', () => {
    const { fired } = register('j');

    expect(press('j').defaultPrevented).toBeTrue();
    expect(fired).toEqual(['j']);
  });

  for (const markup of [
    '<input>',
    '<textarea></textarea>',
    '<select></select>',
    '<p contenteditable>x</p>',
  ]) {
    it(`does not fire while somebody types into ${markup}`, () => {
      const { fired } = register('j');
      document.body.insertAdjacentHTML('beforeend', markup);
      const field = document.body.lastElementChild!;

      expect(press('j', field).defaultPrevented).toBeFalse();
      field.remove();
      expect(fired).toEqual([]);
    });
  }

  it('fires on a checkbox, which takes no letters', () => {
    const { fired } = register('j');
    document.body.insertAdjacentHTML('beforeend', '<input type="checkbox">');
    const box = document.body.lastElementChild!;

    press('j', box);
    box.remove();
    expect(fired).toEqual(['j']);
  });

  it('fires a key with Ctrl also while somebody types', () => {
    const { fired } = register('k', true);
    const field = document.createElement('textarea');
    document.body.append(field);

    expect(press('k', field, { ctrlKey: true }).defaultPrevented).toBeTrue();
    press('k', field, { ctrlKey: true, isComposing: true });
    press('k', field);
    field.remove();
    expect(fired).toEqual(['k']);
  });

  it('leaves keys to an input method that is composing, and to other combinations', () => {
    const { fired } = register('j');
    press('j', document.body, { isComposing: true });
    press('j', document.body, { ctrlKey: true });
    press('j', document.body, { altKey: true });

    expect(fired).toEqual([]);
  });

  it('takes Ctrl and Cmd alike', () => {
    const { fired } = register('k', true);
    press('k', document.body, { ctrlKey: true });
    press('K', document.body, { metaKey: true });
    press('k');

    expect(fired).toEqual(['k', 'k']);
  });

  it('does not fire behind a dialog', () => {
    const { fired } = register('j');
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    dialog.showModal();

    press('j', dialog);
    dialog.remove();

    expect(fired).toEqual([]);
  });

  it('leaves the letters to an open menu, which looks for its items by them', () => {
    const { fired } = register('n');
    const menu = document.createElement('div');
    menu.setAttribute('role', 'menu');
    menu.innerHTML = '<button role="menuitem">Uninstall</button>';
    document.body.append(menu);

    expect(press('n', menu.firstElementChild!).defaultPrevented).toBeFalse();
    menu.remove();
    expect(fired).toEqual([]);
    press('n');
    expect(fired).toEqual(['n']);
  });

  it('fires while a menu that was closed fades away', () => {
    const { fired } = register('n');
    document.body.insertAdjacentHTML(
      'beforeend',
      '<div role="menu" class="mat-mdc-menu-panel mat-menu-panel-exit-animation"></div>',
    );

    press('n');
    document.body.lastElementChild!.remove();

    expect(fired).toEqual(['n']);
  });

  it('leaves a key that it only tells of to the control that takes it', () => {
    const { fired } = register('enter');
    TestBed.inject(Shortcuts).register({ key: 'enter', words: 'Send', group: 'Message field' });
    press('enter');
    expect(fired).toEqual(['enter']);

    TestBed.resetTestingModule();
    TestBed.inject(Shortcuts).register({ key: 'enter', words: 'Send', group: 'Message field' });
    expect(press('enter').defaultPrevented).toBeFalse();
  });

  it('ends with its page', () => {
    const { fired, end } = register('j');
    end();
    press('j');

    expect(fired).toEqual([]);
    expect(TestBed.inject(Shortcuts).groups()).toEqual([]);
  });
});
