import { TestBed } from '@angular/core/testing';

import { CodeWords } from './code-words';

describe('CodeWords', () => {
  const shown = async (text: string): Promise<HTMLElement> => {
    const fixture = TestBed.createComponent(CodeWords);
    fixture.componentRef.setInput('text', text);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  };

  it('shows as code what stands between backticks, and the rest as it is', async () => {
    const element = await shown('Look at `/notifications/event`: it ends there. Or at `/in`.');

    expect(element.textContent).toBe('Look at /notifications/event: it ends there. Or at /in.');
    expect([...element.querySelectorAll('code')].map(({ textContent }) => textContent)).toEqual([
      '/notifications/event',
      '/in',
    ]);
  });

  it('leaves a sentence without code alone', async () => {
    expect((await shown('Nothing of it.')).querySelector('code')).toBeNull();
  });
});
