import { Service, inject } from '@angular/core';

import { isConnectorApp } from '#protocol/app-installation';
import type { InstallationList } from '#protocol/bridge-api';

import { AccountApps } from '../bridge/account-apps';
import { LastApp } from '../bridge/last-app';

/** How long a click waits to learn whether the last app still exists: a slow cloud keeps nobody from the workbench. */
export const PATIENCE_MS = 1_500;

/** Where the header's *Workbench* and the start lead: to where one was, or else to an app that exists. */
@Service()
export class WayToWorkbench {
  private readonly apps = inject(AccountApps);
  private readonly lastApp = inject(LastApp);

  async url(): Promise<string> {
    const lastUrl = this.lastApp.workbenchUrl();
    const list = await this.list();
    const isGone =
      list?.installations.some((app) => this.isLast(app.id) && app['deleted'] !== true) === false;
    if (lastUrl !== null && !isGone) {
      this.lastApp.comeBack();
      return lastUrl;
    }
    return list === null ? '/apps' : this.otherUrl(list);
  }

  /** `null` when the account does not tell, or not soon enough. */
  private async list(): Promise<InstallationList | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS);
    });
    const answer = this.apps.read().catch(() => null);
    return Promise.race([answer, patience]).finally(() => clearTimeout(timer));
  }

  private otherUrl({ installations }: InstallationList): string {
    const last = this.lastApp.appKey();
    if (last !== null) this.lastApp.forget(last);
    const usable = installations.filter(
      (app) => app.enabled && isConnectorApp(app) && app['deleted'] !== true,
    );
    const onlyOne = usable.length === 1 ? usable[0] : undefined;
    const app = usable.find(({ id }) => id === this.lastApp.setUpApp()) ?? onlyOne;
    return app === undefined ? '/apps' : `/apps/${encodeURIComponent(app.id)}/chat`;
  }

  private isLast(id: string): boolean {
    return id === this.lastApp.appKey();
  }
}
