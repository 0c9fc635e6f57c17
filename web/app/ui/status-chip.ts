import { Component, input } from '@angular/core';

export type StatusTone = 'ok' | 'warn' | 'danger' | 'info' | 'neutral';

/** A word with a status. Colour only underlines it; the text says it. */
@Component({
  selector: 'app-status-chip',
  template: `@if (hasDot()) {
      <span class="dot" aria-hidden="true"></span>
    }
    <ng-content />`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-width: 0;
      padding: 1px 9px;
      border: 1px solid var(--chip-line);
      border-radius: var(--radius-full);
      font-size: var(--text-xs);
      font-weight: 600;
      line-height: 1.6;
      white-space: nowrap;
    }
    .dot {
      flex: none;
      width: 7px;
      height: 7px;
      border-radius: 50%;
      background: currentcolor;
    }
    :host([data-tone='ok']) {
      background: var(--ok-soft);
      color: var(--ok);
    }
    :host([data-tone='warn']) {
      background: var(--warn-soft);
      color: var(--warn);
    }
    :host([data-tone='danger']) {
      background: var(--danger-soft);
      color: var(--danger);
    }
    :host([data-tone='info']) {
      background: var(--info-soft);
      color: var(--info);
    }
    :host([data-tone='neutral']) {
      border-color: var(--line);
      background: var(--surface);
      color: var(--text-muted);
    }
    @media (forced-colors: active) {
      :host {
        border-color: currentcolor;
      }
      .dot {
        background: CanvasText;
      }
    }
  `,
  host: { '[attr.data-tone]': 'tone()' },
})
export class StatusChip {
  readonly tone = input<StatusTone>('neutral');
  readonly hasDot = input(false);
}
