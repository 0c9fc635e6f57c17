import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { Shortcuts } from '../ui/shortcuts';
import { FrameOverlays } from './frame-overlays';
import { KeyboardMap } from './keyboard-map';

describe('KeyboardMap', () => {
  async function open() {
    TestBed.inject(FrameOverlays).start();
    TestBed.inject(Shortcuts).register(
      { key: 'n', words: 'New conversation', group: 'Workbench', run: () => undefined },
      { key: 'Shift+Enter', words: 'New line', group: 'Message field' },
    );
    const fixture = TestBed.createComponent(KeyboardMap);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    await fixture.whenStable();
    return element;
  }

  const textsOf = (element: HTMLElement, selector: string) =>
    [...element.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());

  it('has the page’s keys first, with those that its controls take, then the keys of every page', async () => {
    const element = await open();

    expect(textsOf(element, 'h3')).toEqual(['Workbench', 'Message field', 'Everywhere']);
    expect(textsOf(element, 'dd').slice(0, 2)).toEqual(['New conversation', 'New line']);
    expect(textsOf(element, 'kbd').slice(0, 3)).toEqual(['N', 'Shift', 'Enter']);
    await expectAccessible(element);
  });

  it('tells of nothing that is not on the page', async () => {
    TestBed.inject(FrameOverlays).start();
    const fixture = TestBed.createComponent(KeyboardMap);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();

    expect(textsOf(fixture.nativeElement as HTMLElement, 'h3')).toEqual(['Everywhere']);
  });
});
