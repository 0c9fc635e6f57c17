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

/** A text that shows in up to three lines; of a longer one two, and a button for the rest. */
@Component({
  selector: 'app-clamped-text',
  template: `<span #words [class.clamp]="isCut() && !isOpen()">{{ text() }}</span>
    @if (isCut()) {
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
      /* Its lines are counted by it. */
      line-height: 1.5;
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
    afterNextRender({
      read: () => {
        // Before it is painted; later widths are told.
        this.measure();
        observer.observe(this.words().nativeElement);
      },
    });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  protected toggle(): void {
    this.isOpen.update((isOpen) => !isOpen);
  }

  private measure(): void {
    const { nativeElement: words } = this.words();
    const lines = words.scrollHeight / parseFloat(getComputedStyle(words).lineHeight);
    this.isCut.set(Math.round(lines) > MOST_LINES);
  }
}

/** What the button would take is better given to the text. */
const MOST_LINES = 3;
