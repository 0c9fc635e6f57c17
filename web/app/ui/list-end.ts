import type { PressedPointer } from './pressed-pointer';

/**
 * The end of what scrolls: tells a person's scrolling from what growing and shrinking does to the place. While a pointer presses
 * something in it, nothing moves: what moved away from under the pointer would lose its click.
 */
export class ListEnd {
  private readonly pointer: PressedPointer;
  private top = -1;
  private height = -1;
  private room = -1;

  constructor(pointer: PressedPointer) {
    this.pointer = pointer;
  }

  /** Where it was when it was last put there, in pixels. */
  get at(): number {
    return this.top;
  }

  /** Whether it stays where it is for now. */
  isHeld(scroller: HTMLElement): boolean {
    return this.pointer.isIn(scroller);
  }

  /** Scrolls to the end, unless it is held. */
  put(scroller: HTMLElement): void {
    if (this.isHeld(scroller)) return;
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
    const isSameSize = scroller.scrollHeight === this.height && scroller.clientHeight === this.room;
    if (isSameSize || this.isHeld(scroller)) return false;
    this.put(scroller);
    return true;
  }
}
