import { TestBed } from '@angular/core/testing';

import { CodedText } from './coded-text';

describe('CodedText', () => {
  function draw(text: string): HTMLElement {
    const fixture = TestBed.createComponent(CodedText);
    fixture.componentRef.setInput('text', text);
    fixture.detectChanges();
    return fixture.nativeElement as HTMLElement;
  }

  it('sets the cloud’s own names in the type of code, and leaves the sentence as it is', () => {
    const text = 'The scope msg.consumer, e.g. with client_credentials. Edit it.';

    const element = draw(text);

    const codes = [...element.querySelectorAll('code')].map(({ textContent }) => textContent);
    expect(codes).toEqual(['msg.consumer', 'client_credentials']);
    expect(element.textContent).toBe(text);
  });
});
