import { Component, computed, input } from '@angular/core';

/** A sentence with the cloud's own names in it, such as `msg.consumer`, in the type of code. */
@Component({
  selector: 'app-coded-text',
  template: `@for (piece of pieces(); track $index; let isName = $odd) {
    @if (isName) {
      <code>{{ piece }}</code>
    } @else {
      <ng-container>{{ piece }}</ng-container>
    }
  }`,
})
export class CodedText {
  readonly text = input.required<string>();

  /** Sentences and names take turns. */
  protected readonly pieces = computed(() => this.text().split(NAMES));
}

/** Words joined by a point or an underscore; abbreviations are single letters. */
const NAMES = /\b([a-z]{2,}(?:[._][a-z]{2,})+)\b/;
