import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../../testing/expect-accessible';
import { ENGAGEMENT_LISTS } from '../manifest/engagement-words';
import { WordPicker } from './word-picker';

describe('WordPicker', () => {
  async function open(value: readonly string[]) {
    const fixture = TestBed.createComponent(WordPicker);
    fixture.componentRef.setInput('value', value);
    fixture.componentRef.setInput('rules', ENGAGEMENT_LISTS.goal);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const other = element.querySelector<HTMLInputElement>('.other');
    if (other === null) throw new Error('No field for another word');
    const type = async (text: string, end: Event) => {
      other.value = text;
      other.dispatchEvent(new Event('input'));
      other.dispatchEvent(end);
      await fixture.whenStable();
    };
    const words = () =>
      [...element.querySelectorAll('.word')].map((each) => each.childNodes[2]?.textContent?.trim());
    return { element, other, type, words, chosen: () => fixture.componentInstance.value(), fixture };
  }

  it('suggests the documented words, and marks one that is none of them', async () => {
    const { element, words } = await open(['lead', 'own']);

    expect(words()).toEqual([...ENGAGEMENT_LISTS.goal.words, 'own']);
    expect(element.querySelectorAll('.word input:checked').length).toBe(2);
    expect(element.textContent).toContain('not among the documented words');
    await expectAccessible(element);
  });

  it('takes what was typed by Enter, by a comma and when the field is left, without blanks and once', async () => {
    const { chosen, other, type } = await open([]);

    await type(' a ', new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    await type('b,', new Event('none'));
    await type('c', new FocusEvent('blur'));
    await type('a', new FocusEvent('blur'));
    await type('  ', new FocusEvent('blur'));

    expect(chosen()).toEqual(['a', 'b', 'c']);
    expect(other.value).toBe('');
  });

  it('gives a chosen word up by a press', async () => {
    const { chosen, element, fixture } = await open(['lead', 'own']);

    element.querySelector<HTMLInputElement>('.word input:checked')?.click();
    await fixture.whenStable();

    expect(chosen()).toEqual(['own']);
  });
});
