import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';

import { countPlaces, parseUrl } from '../../bridge/webhook-endpoints';

/** Why nothing that happens in an app's conversations would be told here. */
export type AppSilence =
  | { readonly kind: 'no-endpoint' }
  /** `hosts`: where it goes instead. */
  | { readonly kind: 'elsewhere'; readonly hosts: readonly string[] };

/**
 * Reads it from where the app's endpoints are; `null` where one of them is here, and where nobody can tell.
 *
 * @param here The URLs under which this server is known; empty while none is.
 */
export function silenceOf(
  webhooks: WebhooksCapability | null | undefined,
  here: readonly string[],
): AppSilence | null {
  const places = countPlaces(webhooks, here);
  if (places.none === WEBHOOK_EVENT_TYPES.length) return { kind: 'no-endpoint' };
  if (places.here > 0 || here.length === 0) return null;
  const hosts = WEBHOOK_EVENT_TYPES.flatMap((type) => {
    const endpoint = webhooks?.[type]?.endpoint.trim() ?? '';
    return endpoint === '' ? [] : [parseUrl(endpoint)?.host ?? endpoint];
  });
  return { kind: 'elsewhere', hosts: [...new Set(hosts)] };
}
