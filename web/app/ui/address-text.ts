import { Component, computed, input } from '@angular/core';

/**
 * An address, with its method before it if it has one. It breaks behind a slash; what lies between two slashes breaks only
 * where it is longer than a line. Behind a method it begins in the same line, if only with its `https://`.
 */
@Component({
  selector: 'app-address-text',
  template: `@for (part of parts(); track $index) {
    <span class="part">{{ part }}</span>
  }`,
  styles: `
    .part {
      display: inline-block;
      max-width: 100%;
    }
  `,
})
export class AddressText {
  readonly text = input.required<string>();

  protected readonly parts = computed(() => this.text().split(BEHIND_SIGNS));
}

/** Behind a slash of the path, a sign of the query, or the scheme that a method stands before. */
const BEHIND_SIGNS = /(?<=[^/]\/|\s\S+:\/\/|[?&])(?=[^/])/;
