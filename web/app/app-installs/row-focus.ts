import { ElementRef, Injector, Service, afterNextRender, inject } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { LEAVING_MENU } from '../ui/menus';

/** Where the focus goes on in the list's page when what had it is gone: the menu of a row and its question, a note. */
@Service({ autoProvided: false })
export class RowFocus {
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  /**
   * Remembers where the row stands. What it returns puts a focus that was lost on the row's menu; where the row is gone, on
   * the one that took its place, else on the page's heading.
   */
  keep(id: AppKey): () => void {
    const place = this.rows().findIndex((row) => row.dataset['app'] === id);
    return () =>
      afterNextRender({ write: () => isLost() && this.restore(id, place) }, { injector: this.injector });
  }

  /** A focus that is lost with what had it goes to the page's heading. */
  keepOnPage(): void {
    afterNextRender({ write: () => isLost() && this.heading()?.focus() }, { injector: this.injector });
  }

  private restore(id: AppKey, place: number): void {
    const rows = this.rows();
    const row = rows.find((each) => each.dataset['app'] === id) ?? rows[place] ?? rows.at(-1);
    const menu = row?.querySelector<HTMLElement>('app-row-menu button') ?? this.heading();
    menu?.focus();
  }

  private heading(): HTMLElement | null {
    const heading = this.host.nativeElement.querySelector('h1');
    if (heading !== null) heading.tabIndex = -1;
    return heading;
  }

  private rows(): readonly HTMLElement[] {
    return [...this.host.nativeElement.querySelectorAll<HTMLElement>('tr[data-app]')];
  }
}

/** Nothing has it, or a part of a menu or a dialog that is on its way out. */
const isLost = ({ activeElement } = document): boolean =>
  activeElement === null ||
  activeElement === document.body ||
  activeElement.closest(`${LEAVING_MENU}, dialog:not([open])`) !== null;
