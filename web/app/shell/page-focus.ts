import { Injector, Service, afterNextRender, effect, inject } from '@angular/core';

import { CurrentUrl } from './current-url';
import { workbenchAppOf } from './sections';

/** Moves the focus to the new page's `h1` after a navigation, so that a screen reader says where one is. */
@Service()
export class PageFocus {
  private readonly currentUrl = inject(CurrentUrl);
  private readonly injector = inject(Injector);

  private page: string | null = null;

  /** Starts following the navigations; called once by the root. */
  start(): void {
    effect(() => this.arriveAt(pageOf(this.currentUrl.url())), { injector: this.injector });
  }

  private arriveAt(page: string): void {
    const isFirst = this.page === null || this.page === '/';
    const isSame = this.page === page;
    this.page = page;
    // The browser itself starts a freshly loaded page; a changed query is the same page.
    if (isFirst || isSame) return;
    afterNextRender({ write: () => this.focusHeading() }, { injector: this.injector });
  }

  private focusHeading(): void {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** What counts as one page: the query does not matter, and the workbench stays the same from conversation to conversation. */
function pageOf(url: string): string {
  const app = workbenchAppOf(url);
  return app === null ? (url.split(/[?#]/, 1)[0] ?? '') : `workbench of ${app}`;
}
