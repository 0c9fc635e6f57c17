import { Component, ElementRef, afterRenderEffect, inject, input, model } from '@angular/core';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** Shown beside the label; `null` for none. */
  readonly count?: number | null;
  /** How much behind the tab needs correction. */
  readonly problems?: number;
}

/** Tabs by the book: arrows move and choose, Tab leaves. The panel they choose has the id `panelId`. */
@Component({
  selector: 'app-tab-bar',
  template: `@for (tab of tabs(); track tab.id) {
    <button
      type="button"
      role="tab"
      class="tab"
      [id]="panelId() + '-tab-' + tab.id"
      [attr.aria-selected]="tab.id === selected()"
      [attr.aria-controls]="panelId()"
      [tabindex]="tab.id === selected() ? 0 : -1"
      (click)="selected.set(tab.id)"
      (keydown)="moveByKey($event)"
    >
      <span class="label" [attr.data-label]="tab.label">{{ tab.label }}</span>&ngsp;
      @if (tab.count !== undefined && tab.count !== null) {
        <span class="count tabular">{{ tab.count }}</span>
      }
      @if (tab.problems) {
        <span class="count problems tabular">
          {{ tab.problems }}<span i18n class="visually-hidden"> to correct</span>
        </span>
      }
    </button>
  }`,
  styles: `
    :host {
      display: flex;
      gap: var(--tab-gap, var(--space-5));
      min-width: 0;
    }
    .tab {
      display: inline-flex;
      gap: var(--count-gap, var(--space-2));
      align-items: center;
      height: 100%;
      padding: 0;
      border: 0;
      border-bottom: 2px solid transparent;
      background: none;
      color: var(--text-muted);
      font: inherit;
      font-weight: 500;
      white-space: nowrap;
      cursor: pointer;
    }
    .tab:hover {
      color: var(--text);
    }
    .tab[aria-selected='true'] {
      border-bottom-color: var(--accent);
      color: var(--text);
      font-weight: 600;
    }
    .label {
      display: inline-grid;
    }
    /* As wide as when it is chosen: nothing beside it moves. */
    .label::after {
      height: 0;
      overflow: hidden;
      content: attr(data-label) / '';
      font-weight: 600;
      visibility: hidden;
    }
    @media (forced-colors: active) {
      .tab {
        border-bottom-color: Canvas;
      }
      .tab[aria-selected='true'] {
        border-bottom-color: Highlight;
      }
    }
    .count {
      position: relative;
      top: 1px;
      min-width: 22px;
      padding: 0 var(--count-padding, 6px);
      border: 1px solid var(--chip-line);
      border-radius: var(--radius-full);
      background: var(--surface-sunken);
      color: var(--text-muted);
      font-size: var(--text-xs);
      font-weight: 600;
    }
    .problems {
      background: var(--danger-soft);
      color: var(--danger);
    }
  `,
  host: { role: 'tablist', '[attr.aria-label]': 'label()' },
})
export class TabBar {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly label = input.required<string>();
  readonly tabs = input.required<readonly Tab[]>();
  readonly panelId = input.required<string>();
  readonly selected = model.required<string>();

  constructor() {
    afterRenderEffect({
      earlyRead: () => {
        this.tabs();
        this.selected();
        this.showSelected();
      },
    });
  }

  protected moveByKey(event: KeyboardEvent): void {
    const tabs = this.tabs();
    const at = tabs.findIndex((tab) => tab.id === this.selected());
    const next = nextIndex(event.key, at, tabs.length);
    const tab = next === null ? undefined : tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    this.selected.set(tab.id);
    this.host.nativeElement.querySelectorAll<HTMLElement>('[role=tab]')[next ?? 0]?.focus();
  }

  /** Where the tabs have no room, the chosen one is whole; the page itself does not move. */
  private showSelected(): void {
    const bar = this.host.nativeElement;
    const tab = bar.querySelector('[aria-selected=true]')?.getBoundingClientRect();
    if (tab === undefined || bar.scrollWidth <= bar.clientWidth) return;
    const { left, right } = bar.getBoundingClientRect();
    const beyond = Math.max(tab.right + TAB_ROOM - right, 0) || Math.min(tab.left - TAB_ROOM - left, 0);
    bar.scrollLeft += beyond;
  }
}

/** So much of what follows, or of the edge, stays in sight beside the chosen tab; in pixels. */
const TAB_ROOM = 16;

function nextIndex(key: string, at: number, length: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % length;
    case 'ArrowLeft':
      return (at - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
