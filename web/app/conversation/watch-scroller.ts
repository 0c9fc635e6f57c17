interface ScrollerEvents {
  readonly scrolled: () => void;
  /** It, or what it scrolls, has another size: pictures that arrive, cards that are drawn, neighbours that grow. */
  readonly resized: () => void;
}

/**
 * Tells of scrolling and of sizes; returns what ends it. A template's listener would have everything drawn anew at each
 * step of the scrolling, whether anything has changed or not.
 */
export function watchScroller(
  scroller: HTMLElement,
  content: Element,
  { scrolled, resized }: ScrollerEvents,
): () => void {
  const sizes = new ResizeObserver(resized);
  sizes.observe(scroller);
  sizes.observe(content);
  scroller.addEventListener('scroll', scrolled, { passive: true });
  return () => {
    sizes.disconnect();
    scroller.removeEventListener('scroll', scrolled);
  };
}
