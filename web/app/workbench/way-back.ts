import { Service, effect, inject, untracked } from '@angular/core';
import { Router } from '@angular/router';

import { LastApp } from '../bridge/last-app';
import { ConversationLog } from '../conversation/conversation-log';
import { ConversationStore } from '../conversation/conversation-store';
import { ConversationsStore } from '../conversation/conversations-store';

/**
 * Somebody who comes back is led to the conversation they were in; when it has closed since, or nobody knows it any more,
 * a new one stands there instead.
 */
@Service({ autoProvided: false })
export class WayBack {
  private readonly router = inject(Router);
  private readonly lastApp = inject(LastApp);
  private readonly log = inject(ConversationLog);
  private readonly conversation = inject(ConversationStore);
  private readonly conversations = inject(ConversationsStore);

  /** Starts looking; called once by the page. */
  start(): void {
    effect(() => {
      const inDoubt = this.lastApp.inDoubt();
      if (inDoubt === null || this.conversation.id() !== inDoubt || !this.log.isCaughtUp()) return;
      const isUnknown = this.conversation.isUnknown();
      const phase = this.conversation.state()?.phase;
      if (!isUnknown && phase === undefined) return;
      untracked(() => this.settle(isUnknown || phase === 'closed'));
    });
  }

  private settle(isOver: boolean): void {
    this.lastApp.settle();
    const appKey = this.conversations.appKey();
    if (isOver && appKey !== null) void this.router.navigate(['/apps', appKey, 'chat'], { replaceUrl: true });
  }
}
