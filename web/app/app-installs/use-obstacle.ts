import { isConnectorApp, type AppInstallation } from '#protocol/app-installation';

/** Why an installed app cannot chat here, and what to do about it; `null` when it can. */
export function useObstacle(app: Pick<AppInstallation, 'scope' | 'grant_types' | 'enabled'>): string | null {
  if (!isConnectorApp(app))
    return $localize`It has no scope msg.consumer, so it is no connector app and cannot chat here. Edit it to add the scope.`;
  if (app.grant_types?.includes('client_credentials') === false)
    return $localize`It lacks the client credentials grant: it gets no token and cannot chat here. Edit it to add the grant.`;
  return app.enabled
    ? null
    : $localize`It is disabled: it gets no token and no webhooks until it is enabled in the list of apps.`;
}
