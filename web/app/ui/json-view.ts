import { Component, computed, input, linkedSignal } from '@angular/core';

import { Icon } from './icon';
import { jsonLines, type JsonLine } from './json-lines';

/** Lines drawn at first, and more with each press of the button below. */
const PAGE = 500;

/** JSON with folding. Long documents show their beginning first; long texts wrap. */
@Component({
  selector: 'app-json-view',
  imports: [Icon],
  template: `<div class="lines" role="group" tabindex="0" [attr.aria-label]="label()">
      @for (line of lines(); track line.id) {
        <div class="line" [style.--depth]="line.depth">
          @if (line.folds; as path) {
            <button
              type="button"
              class="icon-button fold"
              [attr.aria-expanded]="!line.isFolded"
              [attr.aria-label]="foldLabel(line)"
              (click)="toggle(path)"
            >
              <app-icon [name]="line.isFolded ? 'chevronRight' : 'chevronDown'" />
            </button>
          }
          @if (line.key !== null) {
            <span class="key">"{{ line.key }}"</span>:
          }
          <span [class]="line.kind">{{ line.text }}</span>{{ line.hasComma ? ',' : '' }}
          @if (line.hidden > 0) {
            <span class="hidden" i18n>{line.hidden, plural,
              =1 {{{ line.hidden }} member}
              other {{{ line.hidden }} members}
            }</span>
          }
        </div>
      }
    </div>
    @if (isCut()) {
      <button i18n type="button" class="more" (click)="showMore()">Show more lines</button>
    }`,
  styleUrl: './json-view.scss',
})
export class JsonView {
  readonly value = input.required<unknown>();
  readonly label = input('JSON');

  private readonly folded = linkedSignal<unknown, ReadonlySet<string>>({
    source: this.value,
    computation: () => new Set(),
  });
  private readonly limit = linkedSignal({ source: this.value, computation: () => PAGE });

  protected readonly lines = computed(() => {
    const folded = this.folded();
    return jsonLines(this.value(), (path) => folded.has(path), this.limit());
  });
  protected readonly isCut = computed(() => this.lines().length >= this.limit());

  protected toggle(path: string): void {
    this.folded.update((folded) => {
      const next = new Set(folded);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  }

  protected showMore(): void {
    this.limit.update((limit) => limit * 4);
  }

  protected foldLabel(line: JsonLine): string {
    const what = line.key ?? (line.depth === 0 ? $localize`all` : $localize`element`);
    return line.isFolded ? $localize`Unfold ${what}` : $localize`Fold ${what}`;
  }
}
