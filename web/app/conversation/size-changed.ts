import { DestroyRef, Directive, ElementRef, afterNextRender, inject, output } from '@angular/core';

/** Tells when its element has another size: pictures that arrive, cards that are drawn, neighbours that grow. */
@Directive({ selector: '[appSizeChanged]' })
export class SizeChanged {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly appSizeChanged = output();

  constructor() {
    const observer = new ResizeObserver(() => this.appSizeChanged.emit());
    afterNextRender(() => observer.observe(this.element.nativeElement));
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }
}
