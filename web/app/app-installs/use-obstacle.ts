import { isConnectorApp, type AppInstallation } from '#protocol/app-installation';

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
