import { TestBed } from '@angular/core/testing';

import { drawnLines } from '../testing/drawn-lines';
import { AddressText } from './address-text';

describe('AddressText', () => {
  async function linesOf(text: string, ch: number): Promise<readonly string[]> {
    const fixture = TestBed.createComponent(AddressText);
    fixture.componentRef.setInput('text', text);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    expect(element.textContent).toBe(text);
    return drawnLines(element, ch);
  }

  it('begins beside its method and breaks behind a slash', async () => {
    expect(await linesOf('GET https://a.test/api/account/apps/0b7a-5d0c-4f6e', 26)).toEqual([
      'GET https://a.test/api/',
      'account/apps/',
      '0b7a-5d0c-4f6e',
    ]);
    expect(await linesOf('GET https://lp-csds-qa.test/api', 20)).toEqual([
      'GET https://',
      'lp-csds-qa.test/api',
    ]);
    expect(await linesOf('GET https://a.test/api', 24)).toEqual(['GET https://a.test/api']);
  });

  it('leaves no scheme alone where no method stands before it', async () => {
    const fixture = TestBed.createComponent(AddressText);
    fixture.componentRef.setInput('text', 'https://a.test/api');
    await fixture.whenStable();
    const sentence = document.createElement('p');
    sentence.append('Sent to ', fixture.nativeElement as HTMLElement);

    expect(drawnLines(sentence, 20)).toEqual(['Sent to', 'https://a.test/api']);
  });

  it('breaks between two slashes only what is longer than a line', async () => {
    expect(await linesOf('https://a.test/abcdefghijklmnopqr', 15)).toEqual([
      'https://a.test/',
      'abcdefghijklmno',
      'pqr',
    ]);
  });
});
