import { DestroyRef, Directive, ElementRef, afterNextRender, inject, output } from '@angular/core';

/** Tells when its element comes into view and leaves it, wherever the scrolling happens. */
@Directive({ selector: '[appInView]' })
export class InView {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly appInView = output<boolean>();

  constructor() {
    const observer = new IntersectionObserver(
      (records) => this.appInView.emit(records.at(-1)?.isIntersecting === true),
      // Some of the message must show, but one larger than the pane counts too.
      { rootMargin: '-16px 0px' },
    );
    afterNextRender(() => observer.observe(this.element.nativeElement));
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }
}
