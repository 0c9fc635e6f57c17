import { Service, effect, inject, signal, untracked } from '@angular/core';

import { isConnectorApp } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import { AppNames } from '../../bridge/app-names';
import { BridgeClient } from '../../bridge/bridge-client';
import { BridgeFailure } from '../../bridge/bridge-failure';
import { LastApp } from '../../bridge/last-app';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';

/** Why the cloud would open no conversation with an app. */
export type AppObstacle = 'unknown' | 'disabled' | 'no-connector';

/** Whether the app on the screen can open a conversation: told before somebody writes a first message in vain. */
@Service({ autoProvided: false })
export class AppStanding {
  private readonly bridge = inject(BridgeClient);
  private readonly conversations = inject(ConversationsStore);
  private readonly conversation = inject(ConversationStore);
  private readonly lastApp = inject(LastApp);
  private readonly names = inject(AppNames);

  private readonly found = signal<AppObstacle | null>(null);
  private asked: AppKey | null = null;

  /** `null` while none is known. */
  readonly obstacle = this.found.asReadonly();

  constructor() {
    effect(() => {
      const appKey = this.conversations.appKey();
      const isAmiss = this.conversation.id() === null || this.conversation.isUnknown();
      if (appKey !== null && isAmiss) untracked(() => void this.ask(appKey));
    });
  }

  private async ask(appKey: AppKey): Promise<void> {
    // An app that was in order is asked about once; another one may have been put in order meanwhile.
    if (appKey === this.asked && this.found() === null) return;
    if (appKey !== this.asked) this.found.set(null);
    this.asked = appKey;
    const obstacle = await this.obstacleOf(appKey);
    if (this.asked === appKey) this.found.set(obstacle);
    if (obstacle === 'unknown') this.lastApp.forget(appKey);
  }

  private async obstacleOf(appKey: AppKey): Promise<AppObstacle | null> {
    try {
      const { installation } = await this.bridge.installation(appKey);
      this.names.remember(appKey, installation.client_name);
      if (installation['deleted'] === true) return 'unknown';
      if (!isConnectorApp(installation)) return 'no-connector';
      return installation.enabled ? null : 'disabled';
    } catch (failure) {
      // Whatever else went wrong, opening a conversation will tell.
      return failure instanceof BridgeFailure && failure.code === 'unknown-app' ? 'unknown' : null;
    }
  }
}
