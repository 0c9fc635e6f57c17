/**
 * Scrolls no further than it takes to see all of it, or as much as there is room for; not at all where it is seen. A page's
 * heading that the header would cut goes wholly out of sight.
 */
export function bringIntoView(element: Element): void {
  const before = window.scrollY;
  element.scrollIntoView({ block: 'nearest' });
  if (window.scrollY !== before) window.scrollBy({ top: cutOf(document.querySelector('main h1')) });
}

/** How much of a heading shows below the header that hides the rest of it. */
function cutOf(heading: Element | null): number {
  const header = Number.parseFloat(
    getComputedStyle(document.documentElement).getPropertyValue('--header-height'),
  );
  const { top = 0, bottom = 0 } = heading?.getBoundingClientRect() ?? {};
  return top < header && bottom > header ? bottom - header : 0;
}
