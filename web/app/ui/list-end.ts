/** The end of what scrolls: tells a person's scrolling from what growing and shrinking does to the place. */
export class ListEnd {
  private top = -1;
  private height = -1;
  private room = -1;

  /** Where it was when it was last put there, in pixels. */
  get at(): number {
    return this.top;
  }

  /** Scrolls to the end. */
  put(scroller: HTMLElement): void {
    scroller.scrollTop = scroller.scrollHeight;
    this.top = scroller.scrollTop;
    this.height = scroller.scrollHeight;
    this.room = scroller.clientHeight;
  }

  /**
   * Whether nobody has scrolled since it was put there; brings it back to the end where another size has moved it. The browser tells
   * late of scrolling: of where we ourselves have put it, and of what it moved itself before more came.
   */
  keep(scroller: HTMLElement): boolean {
    if (scroller.scrollTop === this.top) return true;
    if (scroller.scrollHeight === this.height && scroller.clientHeight === this.room) return false;
    this.put(scroller);
    return true;
  }
}
