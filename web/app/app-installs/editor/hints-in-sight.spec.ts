import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { HintsInSight } from './hints-in-sight';

@Component({
  imports: [HintsInSight],
  template: `<form appHintsInSight>
    <div style="height: 2000px"></div>
    <label for="field">Field</label>
    <input id="field" aria-describedby="hint" style="display: block; height: 40px" (input)="said.set(true)" />
    <div id="hint" [style.height.px]="said() ? 120 : 60"></div>
    <div style="height: 2000px"></div>
  </form>`,
})
class Host {
  readonly said = signal(false);
}

describe('HintsInSight', () => {
  /** The field stands at the lower edge of the window, its hint below it. */
  async function open() {
    const fixture = TestBed.createComponent(Host);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    await fixture.whenStable();
    const field = element.querySelector('input')!;
    window.scrollBy({ top: field.getBoundingClientRect().bottom - window.innerHeight, behavior: 'instant' });
    const { scrollPaddingBottom } = getComputedStyle(document.documentElement);
    const edge = window.innerHeight - (Number.parseFloat(scrollPaddingBottom) || 0);
    /** How much of the hint is out of sight. */
    const hidden = () =>
      Math.max(0, Math.round(element.querySelector('#hint')!.getBoundingClientRect().bottom - edge));
    const focus = async () => {
      field.focus({ preventScroll: true });
      await fixture.whenStable();
    };
    return { field, hidden, focus, stable: () => fixture.whenStable() };
  }

  afterEach(() => {
    window.scrollTo(0, 0);
  });

  it('brings the hint of what gets the focus into sight', async () => {
    const { hidden, focus } = await open();
    expect(hidden()).toBeGreaterThanOrEqual(60);

    await focus();

    expect(hidden()).toBe(0);
  });

  it('brings a hint into sight that appears with what is typed', async () => {
    const { field, hidden, focus, stable } = await open();
    await focus();

    field.dispatchEvent(new Event('input', { bubbles: true }));
    await stable();

    expect(hidden()).toBe(0);
  });

  it('moves nothing under a pressed pointer, and looks again with the click', async () => {
    const { field, hidden, focus, stable } = await open();
    document.dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 7 }));
    const before = window.scrollY;
    await focus();
    expect(window.scrollY).toBe(before);

    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
    field.click();
    await stable();

    expect(hidden()).toBe(0);
  });
});
