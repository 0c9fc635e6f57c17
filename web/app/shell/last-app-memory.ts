import { Injector, Service, effect, inject, untracked } from '@angular/core';

import { asAppKey, asConversationId } from '#protocol/identifiers';

import { LastApp } from '../bridge/last-app';
import { CurrentUrl } from './current-url';
import { conversationOf, workbenchAppOf } from './sections';

/** Remembers every workbench that is opened and where in it one was, for the navigation's way back. */
@Service()
export class LastAppMemory {
  private readonly currentUrl = inject(CurrentUrl);
  private readonly lastApp = inject(LastApp);
  private readonly injector = inject(Injector);

  /** Starts following the navigations; called once by the root. */
  start(): void {
    effect(() => this.arriveAt(this.currentUrl.url()), { injector: this.injector });
  }

  private arriveAt(url: string): void {
    const app = workbenchAppOf(url);
    if (app === null) return;
    const id = conversationOf(url);
    const conversationId = id === null ? null : asConversationId(id);
    untracked(() => this.lastApp.remember(asAppKey(app), url, conversationId));
  }
}
