import { DestroyRef, Injector, Service, computed, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { NavigationEnd, Router } from '@angular/router';

import { ConversationsStore } from './conversations-store';

const COUNT = /^\(\d+\) /;

/** A message that arrives before one's eyes is unread for a moment: that is not told. */
const SETTLE_MS = 300;

/** Puts the number of unread messages before the page's title, so that the browser's tab tells of them. */
@Service({ autoProvided: false })
export class UnreadTitle {
  private readonly title = inject(Title);
  private readonly conversations = inject(ConversationsStore);

  private readonly unread = computed(() =>
    this.conversations.summaries().reduce((sum, summary) => sum + summary.unread, 0),
  );

  private readonly ends = inject(DestroyRef);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);

  /** Begins to count; ends with the page that provides this. */
  start(): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer = undefined;
      this.show(this.unread());
    };
    effect(
      () => {
        this.unread();
        timer ??= setTimeout(soon, SETTLE_MS);
      },
      { injector: this.injector },
    );
    // A navigation writes the title anew, without the number.
    const navigations = this.router.events.subscribe((event) => {
      if (event instanceof NavigationEnd) queueMicrotask(() => this.show(this.unread()));
    });
    this.ends.onDestroy(() => {
      navigations.unsubscribe();
      clearTimeout(timer);
      this.show(0);
    });
  }

  private show(unread: number): void {
    const bare = this.title.getTitle().replace(COUNT, '');
    this.title.setTitle(unread === 0 ? bare : `(${unread}) ${bare}`);
  }
}
