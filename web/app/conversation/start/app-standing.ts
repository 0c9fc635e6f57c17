import { Service, computed, effect, inject, signal, untracked } from '@angular/core';

import { isConnectorApp, type WebhooksCapability } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import { AppNames } from '../../bridge/app-names';
import { BridgeClient } from '../../bridge/bridge-client';
import { BridgeFailure } from '../../bridge/bridge-failure';
import { LastApp } from '../../bridge/last-app';
import { ThisServer } from '../../bridge/this-server';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { silenceOf } from './app-silence';

/** Why the cloud would open no conversation with an app. */
export type AppObstacle = 'unknown' | 'disabled' | 'no-connector';

/** Whether the app on the screen can open a conversation and would hear of it: told before somebody writes a first message in vain. */
@Service({ autoProvided: false })
export class AppStanding {
  private readonly bridge = inject(BridgeClient);
  private readonly conversations = inject(ConversationsStore);
  private readonly conversation = inject(ConversationStore);
  private readonly lastApp = inject(LastApp);
  private readonly names = inject(AppNames);

  private readonly thisServer = inject(ThisServer);

  private readonly found = signal<AppObstacle | null>(null);
  /** `null` while they are not known. */
  private readonly endpoints = signal<{ readonly webhooks: WebhooksCapability | null | undefined } | null>(
    null,
  );
  private asked: AppKey | null = null;

  /** `null` while none is known. */
  readonly obstacle = this.found.asReadonly();
  /** Why its notifications would not come here; `null` while that is not known. */
  readonly silence = computed(() => {
    const endpoints = this.endpoints();
    if (endpoints === null) return null;
    // Without its word the bridge's own address may be one that is not known here.
    const here = this.thisServer.about.hasValue() ? this.thisServer.webhookUrls() : [];
    return silenceOf(endpoints.webhooks, here);
  });

  constructor() {
    effect(() => {
      const appKey = this.conversations.appKey();
      const isAmiss = this.conversation.id() === null || this.conversation.isUnknown();
      if (appKey !== null && isAmiss) untracked(() => void this.ask(appKey));
    });
  }

  private async ask(appKey: AppKey): Promise<void> {
    // An app that was in order is asked about once; another one may have been put in order meanwhile.
    if (appKey === this.asked && this.found() === null && this.silence() === null) return;
    if (appKey !== this.asked) {
      this.found.set(null);
      this.endpoints.set(null);
    }
    this.asked = appKey;
    const obstacle = await this.obstacleOf(appKey);
    if (this.asked === appKey) this.found.set(obstacle);
    if (obstacle === 'unknown') this.lastApp.forget(appKey);
  }

  private async obstacleOf(appKey: AppKey): Promise<AppObstacle | null> {
    try {
      const { installation } = await this.bridge.installation(appKey);
      this.names.remember(appKey, installation.client_name);
      if (this.asked === appKey) this.endpoints.set({ webhooks: installation.capabilities?.webhooks });
      if (installation['deleted'] === true) return 'unknown';
      if (!isConnectorApp(installation)) return 'no-connector';
      return installation.enabled ? null : 'disabled';
    } catch (failure) {
      // Whatever else went wrong, opening a conversation will tell.
      return failure instanceof BridgeFailure && failure.code === 'unknown-app' ? 'unknown' : null;
    }
  }
}
