import { applyEach, schema, validate } from '@angular/forms/signals';

import {
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
  type WebhooksCapability,
} from '#protocol/app-installation';

import { endpointProblem } from '../bridge/endpoint-problem';

/** One endpoint as it is being edited; an empty URL means none. */
export interface EndpointDraft {
  readonly type: WebhookEventType;
  readonly url: string;
}

/** The five endpoints of an app, ready to be edited. */
export function toDraft(webhooks: WebhooksCapability | null | undefined): readonly EndpointDraft[] {
  return WEBHOOK_EVENT_TYPES.map((type) => ({ type, url: webhooks?.[type]?.endpoint ?? '' }));
}

/** The app's webhooks with the draft's URLs; headers, retries, retention and all else stay as they are. */
export function withDraft(
  webhooks: WebhooksCapability | null | undefined,
  draft: readonly EndpointDraft[],
): WebhooksCapability {
  const endpoints = draft
    .filter(({ url }) => url.trim() !== '')
    .map(({ type, url }) => [type, { ...webhooks?.[type], endpoint: url.trim() }] as const);
  const edited = new Set<string>(draft.map(({ type }) => type));
  const kept = Object.entries(webhooks ?? {}).filter(([key]) => !edited.has(key));
  return Object.fromEntries([...kept, ...endpoints]);
}

/** In how many endpoints the two differ. */
export function countChanges(a: readonly EndpointDraft[], b: readonly EndpointDraft[]): number {
  return a.filter(({ url }, index) => url.trim() !== b[index]?.url.trim()).length;
}

/** Rules of the five endpoints; `isEmulated` says whose rules hold. */
export const endpointSchema = (isEmulated: () => boolean) =>
  schema<EndpointDraft[]>((endpoints) => {
    applyEach(endpoints, (endpoint) => {
      validate(endpoint.url, ({ value }) => {
        const message = endpointProblem(value(), isEmulated());
        return message === null ? null : { kind: 'endpoint', message };
      });
    });
  });
