import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { turnsSinceDrawn } from './turns';

@Component({
  selector: 'app-long-page',
  template: `<h1>Begun</h1>
    @if (turn() >= 1) {
      <p>Middle</p>
    }
    @if (turn() >= 2) {
      <p>End</p>
    }`,
})
class LongPage {
  protected readonly turn = turnsSinceDrawn(2);
}

describe('a page drawn turn by turn', () => {
  it('shows how it begins at once', () => {
    const fixture = TestBed.createComponent(LongPage);
    fixture.detectChanges();

    expect(textOf(fixture.nativeElement)).toEqual(['Begun']);
  });

  it('is complete when Angular says that nothing is under way any more', async () => {
    const fixture = TestBed.createComponent(LongPage);
    await fixture.whenStable();

    expect(textOf(fixture.nativeElement)).toEqual(['Begun', 'Middle', 'End']);
  });

  it('draws the parts in turns of their own', async () => {
    const fixture = TestBed.createComponent(LongPage);
    fixture.detectChanges();
    const seen: number[] = [];
    const watching = new MutationObserver(() => seen.push(textOf(fixture.nativeElement).length));
    watching.observe(fixture.nativeElement, { childList: true });

    await fixture.whenStable();
    watching.disconnect();

    expect(seen).toEqual([2, 3]);
  });
});

function textOf(element: HTMLElement): readonly (string | null)[] {
  return [...element.children].map(({ textContent }) => textContent);
}
