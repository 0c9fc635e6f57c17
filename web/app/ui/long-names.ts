import { Component, computed, input } from '@angular/core';

/**
 * A sentence with hosts, paths and names of calls in it. One that has no room left goes to the next line as a whole; only one
 * that is longer than a line breaks, behind a slash or a point.
 */
@Component({
  selector: 'app-long-names',
  template: `@for (piece of pieces(); track $index; let isName = $odd) {
    @if (isName) {
      <span class="whole">
        @for (part of partsOf(piece); track $index) {
          <ng-container>{{ part }}</ng-container><wbr />
        }
      </span>
    } @else {
      <ng-container>{{ piece }}</ng-container>
    }
  }`,
  styles: `
    .whole {
      display: inline-block;
      max-width: 100%;
    }
  `,
})
export class LongNames {
  readonly text = input.required<string>();

  /** Plain words and names take turns. */
  protected readonly pieces = computed(() => this.text().split(NAMES));

  protected partsOf(name: string): readonly string[] {
    return name.split(/(?<=[/.?&])(?=[^/.\s])|(?<=[a-z])(?=[A-Z])/);
  }
}

/** Signs without a space with a hyphen, a point or a slash inside. */
const NAMES = /(\S+[-./?&][^\s-./?&]\S*)/;
