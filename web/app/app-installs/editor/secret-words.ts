import type { InstallationView } from '#protocol/bridge-api';

import { hasEndpoint } from '../../bridge/webhook-endpoints';

/** What an app's id and secret are used for, as the app is now; `null` for one without a secret. */
export function secretWords(
  app: Pick<InstallationView, 'hasSecret' | 'enabled' | 'grant_types' | 'capabilities'>,
): string | null {
  if (!app.hasSecret) return null;
  if (!app.enabled) return $localize`Nothing uses the secret while the app is disabled.`;
  const getsWebhooks = hasEndpoint(app.capabilities?.webhooks);
  // Of an app that names no grants at all nobody knows that this one is missing.
  if (app.grant_types?.includes('client_credentials') === false)
    return getsWebhooks
      ? $localize`The secret checks the signature of every webhook. The app gets no tokens for it: it lacks the client credentials grant.`
      : $localize`Nothing uses the secret: the app lacks the client credentials grant and has no webhook endpoints.`;
  return getsWebhooks
    ? $localize`The app uses its id and secret to get tokens, and the secret to check the signature of every webhook.`
    : $localize`The app uses its id and secret to get tokens. Once it has webhook endpoints, the secret also checks the signature of every webhook.`;
}
