import { Component, computed, input } from '@angular/core';

/** A sentence in which what stands between backticks is code. */
@Component({
  selector: 'app-code-words',
  template: `@for (piece of pieces(); track $index) {
    @if ($odd) {
      <code>{{ piece }}</code>
    } @else {
      <ng-container>{{ piece }}</ng-container>
    }
  }`,
  styles: `
    code {
      font-weight: inherit;
      overflow-wrap: anywhere;
    }
  `,
})
export class CodeWords {
  readonly text = input.required<string>();

  protected readonly pieces = computed(() => this.text().split('`'));
}
