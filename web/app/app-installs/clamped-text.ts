import {
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';

/** A text of which two lines show at first; where there is more, a button shows it. */
@Component({
  selector: 'app-clamped-text',
  template: `<span #words [class.clamp]="!isOpen()">{{ text() }}</span>
    @if (isCut() || isOpen()) {
      <button i18n type="button" class="link-button" [attr.aria-expanded]="isOpen()" (click)="toggle()">
        {isOpen(), select, true {Less} other {More}}<span class="visually-hidden"> of {{ of() }}</span>
      </button>
    }`,
  styles: `
    :host {
      display: block;
    }
    :host:has(span:empty) {
      display: none;
    }
    span:not(.visually-hidden) {
      display: block;
    }
    span.clamp:not(.visually-hidden) {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
  `,
})
export class ClampedText {
  readonly text = input.required<string>();
  /** Whose text it is, for who does not see the line. */
  readonly of = input.required<string>();

  private readonly words = viewChild.required<ElementRef<HTMLElement>>('words');
  protected readonly isOpen = signal(false);
  protected readonly isCut = signal(false);

  constructor() {
    const observer = new ResizeObserver(() => this.measure());
    afterNextRender({ read: () => observer.observe(this.words().nativeElement) });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  protected toggle(): void {
    this.isOpen.update((isOpen) => !isOpen);
  }

  private measure(): void {
    const { scrollHeight, clientHeight } = this.words().nativeElement;
    if (!this.isOpen()) this.isCut.set(scrollHeight > clientHeight + 1);
  }
}
