import { Directive, Injector, afterNextRender, inject } from '@angular/core';

import { PressedPointer } from '../../ui/pressed-pointer';

/** Keeps in sight what is said about the control that the keyboard is on, with its label: above a page's own bar at the bottom. */
@Directive({
  selector: 'form[appHintsInSight]',
  host: { '(focusin)': 'look()', '(input)': 'look()', '(click)': 'look()' },
})
export class HintsInSight {
  private readonly injector = inject(Injector);
  private readonly pointer = inject(PressedPointer);

  /** Some hints appear only with what is typed. */
  protected look(): void {
    afterNextRender({ write: () => this.bring(document.activeElement) }, { injector: this.injector });
  }

  private bring(control: Element | null): void {
    // What moves under a pressed pointer loses its click, which looks again.
    if (this.pointer.isPressed() || !control?.matches(':focus-visible:not(.sticky-foot *)')) return;
    const boxes = withHints(control).map((element) => element.getBoundingClientRect());
    const seen = boxes.filter(({ height }) => height > 0);
    scrollToSee(Math.min(...seen.map(({ top }) => top)), Math.max(...seen.map(({ bottom }) => bottom)));
  }
}

/** A control, its labels and what describes it. */
function withHints(control: Element): readonly Element[] {
  const labels = 'labels' in control ? ((control.labels as NodeListOf<Element> | null) ?? []) : [];
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ');
  const hints = ids.map((id) => document.getElementById(id)).filter((hint) => hint !== null);
  return [control, ...labels, ...hints];
}

/** Scrolls the page no further than it takes; not at all where there is no room for all of it. */
function scrollToSee(top: number, bottom: number): void {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const first = Number.parseFloat(scrollPaddingTop) || 0;
  const last = window.innerHeight - (Number.parseFloat(scrollPaddingBottom) || 0);
  if (bottom - top > last - first) return;
  window.scrollBy({ top: Math.max(bottom - last, 0) + Math.min(top - first, 0) });
}
