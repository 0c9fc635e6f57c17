/** What one reads stays where it is on the screen, whatever is drawn, taken away or grows above it. */
export class ReadingPlace {
  /** The first element in view and how far below the upper edge it stands. */
  private anchor: { readonly element: HTMLElement; readonly top: number } | null = null;
  /** How far was scrolled when this was noted. */
  private scrollTop = -1;

  /**
   * Notes where one reads, unless nobody has scrolled: the browser tells late of where we ourselves have put it, and more may stand
   * above meanwhile.
   *
   * @param rows Parent of the elements that scroll, one below the other.
   */
  follow(scroller: HTMLElement, rows: Element): void {
    if (scroller.scrollTop !== this.scrollTop || !this.restore(scroller)) this.remember(scroller, rows);
  }

  /** Puts `element` to the upper edge, to be read from there on. */
  begin(scroller: HTMLElement, element: HTMLElement, rows: Element): void {
    scroller.scrollTop += topIn(scroller, element);
    this.remember(scroller, rows);
  }

  /** Puts `element` to the middle of what is in sight. */
  center(scroller: HTMLElement, element: HTMLElement, rows: Element): void {
    const room = scroller.clientHeight - element.offsetHeight;
    scroller.scrollTop += topIn(scroller, element) - Math.max(0, room / 2);
    this.remember(scroller, rows);
  }

  /** Nobody reads there any more. */
  leave(): void {
    this.anchor = null;
  }

  /** Brings back what was moved since then. @returns Whether what was read is still there. */
  restore(scroller: HTMLElement): boolean {
    if (this.anchor?.element.isConnected !== true) return false;
    const { element, top } = this.anchor;
    const moved = topIn(scroller, element) - top;
    if (moved !== 0) scroller.scrollTop += moved;
    this.scrollTop = scroller.scrollTop;
    return true;
  }

  private remember(scroller: HTMLElement, rows: Element): void {
    const element = firstInView(scroller, rows);
    this.anchor = element === null ? null : { element, top: topIn(scroller, element) };
    this.scrollTop = scroller.scrollTop;
  }
}

const topIn = (scroller: HTMLElement, element: HTMLElement): number =>
  element.offsetTop - scroller.offsetTop - scroller.scrollTop;

/** Their order is that of their places: half of them are left out at each look. */
function firstInView(scroller: HTMLElement, { children }: Element): HTMLElement | null {
  let [low, high] = [0, children.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = children[middle];
    const isAbove = element instanceof HTMLElement && topIn(scroller, element) + element.offsetHeight <= 0;
    if (isAbove) low = middle + 1;
    else high = middle;
  }
  return messageFrom(children[low]);
}

/** Lines between messages come and go with them. */
function messageFrom(element: Element | null | undefined): HTMLElement | null {
  if (!(element instanceof HTMLElement)) return null;
  return element.localName === 'app-message-bubble' ? element : messageFrom(element.nextElementSibling);
}
