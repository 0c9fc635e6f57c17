import { Service, inject } from '@angular/core';

import { isConnectorApp } from '#protocol/app-installation';

import { AccountApps } from '../bridge/account-apps';
import { LastApp } from '../bridge/last-app';

/** Where a person begins who wanted no page in particular. */
@Service()
export class FirstPage {
  private readonly apps = inject(AccountApps);
  private readonly lastApp = inject(LastApp);

  /** *Try it now* promises a conversation in one click: the emulator's connector app is ready for it. */
  async ofDemo(): Promise<string> {
    // The list of apps says by itself why it cannot be read.
    const list = await this.apps.read().catch(() => null);
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
