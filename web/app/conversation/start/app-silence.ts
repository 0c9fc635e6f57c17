import {
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
  type WebhooksCapability,
} from '#protocol/app-installation';

import { countPlaces, parseUrl, placeOf } from '../../bridge/webhook-endpoints';

/** Why nothing, or not everything, that happens in an app's conversations would be told here. */
export type AppSilence =
  | { readonly kind: 'no-endpoint' }
  /** `hosts`: where it goes instead. */
  | { readonly kind: 'elsewhere'; readonly hosts: readonly string[] }
  /** `unset`: of what nothing is told, to nobody. */
  | { readonly kind: 'partly'; readonly unset: readonly WebhookEventType[] };

/**
 * Reads it from where the app's endpoints are; `null` where all are set and one of them is here, and where
 * nobody can tell.
 *
 * @param here The URLs under which this server is known; empty while none is.
 */
export function silenceOf(
  webhooks: WebhooksCapability | null | undefined,
  here: readonly string[],
): AppSilence | null {
  const places = countPlaces(webhooks, here);
  if (places.none === WEBHOOK_EVENT_TYPES.length) return { kind: 'no-endpoint' };
  if (places.here > 0 || here.length === 0) {
    const unset = WEBHOOK_EVENT_TYPES.filter((type) => placeOf(webhooks?.[type]?.endpoint, here) === 'none');
    return unset.length === 0 ? null : { kind: 'partly', unset };
  }
  const hosts = WEBHOOK_EVENT_TYPES.flatMap((type) => {
    const endpoint = webhooks?.[type]?.endpoint.trim() ?? '';
    return endpoint === '' ? [] : [parseUrl(endpoint)?.host ?? endpoint];
  });
  return { kind: 'elsewhere', hosts: [...new Set(hosts)] };
}
