import { TestBed } from '@angular/core/testing';

import { ClampedText } from './clamped-text';

describe('ClampedText', () => {
  function draw(text: string): HTMLElement {
    const fixture = TestBed.createComponent(ClampedText);
    const element = fixture.nativeElement as HTMLElement;
    element.style.width = '120px';
    fixture.componentRef.setInput('text', text);
    fixture.componentRef.setInput('of', 'Alpha');
    fixture.detectChanges();
    return element;
  }

  it('cuts a long text before it is painted for the first time', () => {
    const element = draw('A description of many words. '.repeat(20));

    expect(element.querySelector('.clamp')).not.toBeNull();
    expect(element.querySelector('button')?.textContent).toContain('More');
  });

  it('leaves a short one whole', () => {
    const element = draw('Short');

    expect(element.querySelector('.clamp')).toBeNull();
    expect(element.querySelector('button')).toBeNull();
  });
});
