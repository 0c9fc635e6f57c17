/** Scrolls to what is not wholly seen, so that it begins where the window does; leaves the page where it is otherwise. */
export function bringIntoView(element: Element): void {
  const { top, bottom } = element.getBoundingClientRect();
  const taken = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  if (top < taken || bottom > window.innerHeight) element.scrollIntoView({ block: 'start' });
}
