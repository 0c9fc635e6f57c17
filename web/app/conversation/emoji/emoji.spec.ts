import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../../testing/expect-accessible';
import { EmojiButton } from './emoji-button';
import { EMOJI, findEmoji } from './emoji-list';

describe('EmojiButton', () => {
  async function open() {
    const fixture = TestBed.createComponent(EmojiButton);
    const chosen: string[] = [];
    fixture.componentInstance.chosen.subscribe((sign) => chosen.push(sign));
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
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

  it('names each once, so that a screen reader can tell them apart', () => {
    expect(new Set(EMOJI.map(({ sign }) => sign)).size).toBe(EMOJI.length);
    expect(EMOJI.every(({ name }) => name !== '')).toBeTrue();
    expect(findEmoji('no such thing')).toEqual([]);
  });
});
