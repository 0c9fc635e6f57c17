import { TestBed } from '@angular/core/testing';

import { CopyButton } from './copy-button';

describe('CopyButton', () => {
  async function press(source: () => Promise<string>) {
    const fixture = TestBed.createComponent(CopyButton);
    fixture.componentRef.setInput('source', source);
    fixture.componentRef.setInput('what', 'app id');
    const failures: unknown[] = [];
    fixture.componentInstance.failed.subscribe((failure) => failures.push(failure));
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const button = element.querySelector('button');
    button?.click();
    await fixture.whenStable();
    return { element, button, failures };
  }

  it('says what it copies, and that it did', async () => {
    const writeText = spyOn(navigator.clipboard, 'writeText').and.resolveTo();

    const { element, button } = await press(() => Promise.resolve('app-1'));

    expect(button?.getAttribute('aria-label')).toBe('Copy app id');
    expect(writeText).toHaveBeenCalledOnceWith('app-1');
    expect(element.querySelector('[role="status"]')?.textContent).toBe('Copied');
  });

  it('says that it could not, and hands the reason on', async () => {
    const refusal = new DOMException('Not allowed', 'NotAllowedError');
    spyOn(navigator.clipboard, 'writeText').and.rejectWith(refusal);

    const { element, failures } = await press(() => Promise.resolve('app-1'));

    expect(element.querySelector('[role="status"]')?.textContent).toBe('Could not copy');
    expect(failures).toEqual([refusal]);
  });
});
