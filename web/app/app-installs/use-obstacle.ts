import { isConnectorApp, type AppInstallation } from '#protocol/app-installation';

import { hasEndpoint } from '../bridge/webhook-endpoints';

/** Why an installed app cannot chat here, and what to do about it; `null` when it can. */
export function useObstacle(app: Pick<AppInstallation, 'scope' | 'grant_types' | 'enabled'>): string | null {
  if (!isConnectorApp(app))
    return $localize`The app lacks the scope msg.consumer, so it is not a connector app and cannot chat here. Edit it to add the scope.`;
  if (app.grant_types?.includes('client_credentials') === false)
    return $localize`The app lacks the client credentials grant, so it gets no token and cannot chat here. Edit it to add the grant.`;
  return app.enabled
    ? null
    : $localize`The app is disabled, so it gets no tokens and no webhooks. Edit it, or use its menu in the list of apps, to enable it.`;
}

/**
 * What can be said of an app as soon as it is installed: it can be used, or it would hear no answer. `null`: neither; in
 * LivePerson's cloud a new app takes its time.
 */
export function promiseOf(
  app: Pick<AppInstallation, 'scope' | 'grant_types' | 'enabled' | 'capabilities'> | null,
  isEmulated: boolean,
): 'usable' | 'deaf' | null {
  if (app === null || useObstacle(app) !== null) return null;
  if (!hasEndpoint(app.capabilities?.webhooks)) return 'deaf';
  return isEmulated ? 'usable' : null;
}
