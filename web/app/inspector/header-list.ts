import { Component, computed, input } from '@angular/core';

import { CopyButton } from '../ui/copy-button';

/** HTTP headers, folded until somebody wants them. */
@Component({
  selector: 'app-header-list',
  imports: [CopyButton],
  template: `<details>
    <summary i18n>
      Headers <span class="count tabular">{{ rows().length }}</span>
    </summary>
    <dl>
      @for (row of rows(); track row.name) {
        <div class="row">
          <dt>{{ row.name }}</dt>
          <dd>{{ row.value }}</dd>
        </div>
      }
    </dl>
    <app-copy-button what="headers" i18n-what [source]="text()" />
  </details>`,
  styles: `
    details {
      position: relative;
    }
    app-copy-button {
      position: absolute;
      inset: 2px 0 auto auto;
    }
    summary {
      padding: var(--space-1) 0;
      color: var(--text-muted);
      font-size: var(--text-s);
      font-weight: 600;
      cursor: pointer;
    }
    .count {
      color: var(--text-faint);
      font-weight: 400;
    }
    .row {
      display: flex;
      gap: var(--space-2);
      font-family: var(--font-code);
      font-size: var(--text-xs);
      line-height: 1.6;
    }
    dt {
      flex: none;
      color: var(--info);
    }
    dt::after {
      content: ':';
    }
    dd {
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class HeaderList {
  readonly headers = input.required<Readonly<Record<string, string>>>();

  protected readonly rows = computed(() =>
    Object.entries(this.headers()).map(([name, value]) => ({ name, value })),
  );
  protected readonly text = computed(() =>
    this.rows()
      .map(({ name, value }) => `${name}: ${value}`)
      .join('\n'),
  );
}
