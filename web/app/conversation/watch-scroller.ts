import { DestroyRef, type ElementRef, afterNextRender, inject } from '@angular/core';

/** What scrolls and what it scrolls, once they are drawn. */
export type ScrollParts = () => readonly [
  scroller: ElementRef<HTMLElement>,
  content: ElementRef<HTMLElement>,
];

interface ScrollerEvents {
  readonly scrolled: () => void;
  /** It, or what it scrolls, has another size: pictures that arrive, cards that are drawn, neighbours that grow. */
  readonly resized: () => void;
  /** Somebody presses, turns the wheel or types in it. */
  readonly used: () => void;
}

const USES = ['pointerdown', 'wheel', 'keydown'] as const;

/**
 * Tells of scrolling, of sizes and of use as long as the component lives. A template's listener would have everything drawn
 * anew at each step of the scrolling, whether anything has changed or not.
 *
 * @param parts What scrolls and what it scrolls, asked for once they are drawn.
 */
export function watchScroller(parts: ScrollParts, { scrolled, resized, used }: ScrollerEvents): void {
  const sizes = new ResizeObserver(resized);
  inject(DestroyRef).onDestroy(() => sizes.disconnect());
  afterNextRender(() => {
    const [{ nativeElement: scroller }, { nativeElement: content }] = parts();
    sizes.observe(scroller);
    sizes.observe(content);
    // They end with the element: nothing else holds it.
    scroller.addEventListener('scroll', scrolled, { passive: true });
    for (const use of USES) scroller.addEventListener(use, used, { passive: true });
  });
}
