import { Component, computed, input, signal } from '@angular/core';

const SHOWN_MS = 2_000;

/** Copies what was sent as a curl command; its secrets are variables, since the bridge keeps them. */
@Component({
  selector: 'app-copy-curl',
  template: `<button type="button" class="tool small" [title]="title()" (click)="copy()">
      {{ label() }}
    </button>
    <span class="visually-hidden" role="status">{{ told() }}</span>`,
  styleUrl: './tool-button.scss',
  styles: `
    .tool {
      min-width: 104px;
    }
  `,
})
export class CopyCurl {
  /** Asked for the command when it is wanted. */
  readonly source = input.required<() => string>();
  /** What stands in the place of secrets. */
  readonly title = input.required<string>();

  protected readonly told = signal('');
  protected readonly label = computed(() => (this.told() === '' ? $localize`Copy as cURL` : this.told()));

  async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.source()());
      this.tell($localize`Copied`);
    } catch {
      // The browser keeps its clipboard to itself; the button says so.
      this.tell($localize`Refused`);
    }
  }

  private tell(word: string): void {
    this.told.set(word);
    setTimeout(() => this.told.set(''), SHOWN_MS);
  }
}
