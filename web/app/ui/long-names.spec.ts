import { TestBed } from '@angular/core/testing';

import { drawnLines } from '../testing/drawn-lines';
import { LongNames } from './long-names';

describe('LongNames', () => {
  async function linesOf(text: string, ch: number): Promise<readonly string[]> {
    const fixture = TestBed.createComponent(LongNames);
    fixture.componentRef.setInput('text', text);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    expect(element.textContent).toBe(text);
    return drawnLines(element, ch);
  }

  it('takes a name that has room there to the next line as a whole', async () => {
    expect(await linesOf('The directory at lp-csds-qa.dev.test is away', 22)).toEqual([
      'The directory at',
      'lp-csds-qa.dev.test is',
      'away',
    ]);
    expect(await linesOf('The account lacks asyncMessagingEnt (messaging)', 26)).toEqual([
      'The account lacks',
      'asyncMessagingEnt',
      '(messaging)',
    ]);
  });

  it('breaks one that is longer than a line behind a slash, a point or a word of it', async () => {
    expect(await linesOf('GET https://a.test/api/account/service', 18)).toEqual([
      'GET',
      'https://a.test/',
      'api/account/',
      'service',
    ]);
    expect(await linesOf('Refused “ms.GenerateURLForDownload”', 26)).toEqual([
      'Refused',
      '“ms.GenerateURLFor',
      'Download”',
    ]);
  });

  it('leaves plain sentences alone', async () => {
    expect(await linesOf('Try again. Then wait.', 30)).toEqual(['Try again. Then wait.']);
  });
});
