import { Service, inject } from '@angular/core';

import { isConnectorApp } from '#protocol/app-installation';

import { BridgeClient } from '../bridge/bridge-client';
import { LastApp } from '../bridge/last-app';

/** Where a person begins who wanted no page in particular. */
@Service()
export class FirstPage {
  private readonly bridge = inject(BridgeClient);
  private readonly lastApp = inject(LastApp);

  /** *Try it now* promises a conversation in one click: the emulator's connector app is ready for it. */
  async ofDemo(): Promise<string> {
    // The list of apps says by itself why it cannot be read.
    const list = await this.bridge.installations().catch(() => null);
    if (list === null) return '/apps';
    const ready = list.installations.filter((app) => app.enabled && isConnectorApp(app));
    const app = ready.find(({ id }) => id === this.lastApp.appKey()) ?? ready[0];
    return app === undefined ? '/setup' : `/apps/${app.id}/chat`;
  }

  /** The first time an account comes here, the step by step set-up is what it needs. */
  ofAccount(): string {
    return this.lastApp.meetAccount() ? '/setup' : '/apps';
  }
}
