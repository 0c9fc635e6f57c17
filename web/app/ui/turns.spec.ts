import { Component, signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';

import { inTurns, turnsSinceDrawn } from './turns';

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

    expect(textOf(elementOf(fixture))).toEqual(['Begun']);
  });

  it('is complete when Angular says that nothing is under way any more', async () => {
    const fixture = TestBed.createComponent(LongPage);
    await fixture.whenStable();

    expect(textOf(elementOf(fixture))).toEqual(['Begun', 'Middle', 'End']);
  });

  it('draws the parts in turns of their own', async () => {
    const fixture = TestBed.createComponent(LongPage);
    fixture.detectChanges();
    const seen: number[] = [];
    const watching = new MutationObserver(() => seen.push(textOf(elementOf(fixture)).length));
    watching.observe(elementOf(fixture), { childList: true });

    await fixture.whenStable();
    watching.disconnect();

    expect(seen).toEqual([2, 3]);
  });
});

@Component({
  selector: 'app-rows',
  template: `@for (row of drawn(); track row) {
    <p>{{ row }}</p>
  }`,
})
class Rows {
  readonly rows = signal<readonly string[]>([]);
  protected readonly drawn = inTurns(this.rows);
}

describe('rows drawn turn by turn', () => {
  it('begin with one and are soon all there, also those that come later', async () => {
    const fixture = TestBed.createComponent(Rows);
    const { rows } = fixture.componentInstance;
    rows.set(['1', '2', '3', '4', '5']);
    fixture.detectChanges();

    expect(textOf(elementOf(fixture))).toEqual(['1']);

    await fixture.whenStable();

    expect(textOf(elementOf(fixture))).toEqual(['1', '2', '3', '4', '5']);

    rows.set(['5', '6', '7', '8']);
    fixture.detectChanges();

    expect(textOf(elementOf(fixture))).toEqual(['5', '6', '7', '8']);
  });
});

function elementOf(fixture: ComponentFixture<unknown>): HTMLElement {
  return fixture.nativeElement as HTMLElement;
}

function textOf(element: HTMLElement): readonly (string | null)[] {
  return [...element.children].map(({ textContent }) => textContent);
}
