import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../../testing/expect-accessible';
import { EmojiButton } from './emoji-button';
import { EMOJI, findEmoji } from './emoji-list';

describe('EmojiButton', () => {
  async function open(parent: HTMLElement = document.body) {
    const fixture = TestBed.createComponent(EmojiButton);
    const chosen: string[] = [];
    fixture.componentInstance.chosen.subscribe((sign) => chosen.push(sign));
    const element = fixture.nativeElement as HTMLElement;
    parent.append(element);
    await fixture.whenStable();
    element.querySelector<HTMLElement>('button')!.click();
    await fixture.whenStable();
    const search = element.querySelector('input')!;
    return { fixture, element, chosen, search };
  }

  it('finds by words and writes the one that is chosen', async () => {
    const { fixture, element, chosen, search } = await open();
    expect(document.activeElement).toBe(search);
    search.value = 'thumbs yes';
    search.dispatchEvent(new Event('input'));
    await fixture.whenStable();

    expect(element.querySelectorAll('.emoji').length).toBe(1);
    await expectAccessible(element);
    search.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));

    expect(chosen).toEqual(['👍']);
    expect(element.querySelector('.panel')?.matches(':popover-open')).toBeFalse();
  });

  it('covers nothing of what is being written', async () => {
    const form = document.createElement('form');
    form.style.cssText = 'position: fixed; inset: auto 0 0; height: 160px; display: grid; align-items: end';
    document.body.append(form);
    const { fixture, element } = await open(form);
    const panel = element.querySelector('.panel')!.getBoundingClientRect();

    expect(panel.height).toBeGreaterThan(100);
    expect(panel.bottom).toBeLessThan(form.getBoundingClientRect().top);
    fixture.destroy();
    form.remove();
  });

  it('names each once, so that a screen reader can tell them apart', () => {
    expect(new Set(EMOJI.map(({ sign }) => sign)).size).toBe(EMOJI.length);
    expect(EMOJI.every(({ name }) => name !== '')).toBeTrue();
    expect(findEmoji('no such thing')).toEqual([]);
  });
});
