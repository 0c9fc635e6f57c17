import { validateHeaderName, validateHeaderValue } from 'node:http';

import * as v from 'valibot';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { WebhookEventType } from '#protocol/app-installation';

import { jsonObject } from '../json-object.ts';

/** Whether webhooks may go to this host over plain HTTP. */
export type IsLocalHost = (hostname: string) => boolean;

/** May be absent or null; both are legal in what is read back. @see PROTOCOL.md §4.3 */
const nullable = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.exactOptional(v.nullable(schema));

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

const choice = (values: readonly string[], { least, most }: { least: number; most: number }) =>
  v.exactOptional(
    v.pipe(
      v.array(v.picklist(values)),
      v.minLength(least),
      v.maxLength(most),
      v.check((chosen) => new Set(chosen).size === chosen.length, 'has a value twice'),
    ),
  );

/** @see PROTOCOL.md §4.2.2 */
const engagementSchema = jsonObject({
  design_engagement: v.boolean(),
  design_window: v.boolean(),
  language_selection: v.boolean(),
  entry_point: choice(['section', 'url'], { least: 1, most: 10 }),
  visitor_behavior: choice(
    [
      'visited_location',
      'time_on_location',
      'flow',
      'engaged_in_session',
      'about_to_abandon',
      'cart_value',
      'cart_items',
      'visitor_error',
      'viewed_products',
      'service_activity',
    ],
    { least: 0, most: 10 },
  ),
  target_audience: choice(
    [
      'external_referral',
      'search_keywords',
      'ip',
      'platform',
      'geo_location',
      'returning_visitors',
      'marketing_source',
      'customer_type',
      'age',
      'balance',
      'customer_id',
      'gender',
      'store_zip_code',
      'store_number',
      'company_size',
      'registration_date',
    ],
    { least: 0, most: 20 },
  ),
  goal: choice(['url', 'purchase_total', 'num_of_pages', 'lead', 'service_activity'], { least: 0, most: 10 }),
  consumer_identity: choice(['auth', 'unauth'], { least: 1, most: 5 }),
});

const webhookHeaderSchema = v.pipe(
  jsonObject({ header_name: v.string(), header_value: v.string() }),
  v.check(isSendable, 'is no HTTP header'),
);

function isSendable(header: { readonly header_name: string; readonly header_value: string }): boolean {
  try {
    validateHeaderName(header.header_name);
    validateHeaderValue(header.header_name, header.header_value);
    return true;
  } catch {
    // The platform tells by throwing; why does not matter here.
    return false;
  }
}

/** HTTPS as documented; plain HTTP only on this machine, which the real service refuses. @see PROTOCOL.md §4.2.1, §8.9 */
const endpointSchema = (isLocalHost: IsLocalHost) =>
  v.pipe(
    v.string(),
    v.check((value) => {
      const url = URL.parse(value);
      if (url?.protocol === 'https:') return true;
      return url?.protocol === 'http:' && isLocalHost(url.hostname);
    }, 'must be an absolute https:// address'),
  );

const webhookSchema = (isLocalHost: IsLocalHost) =>
  jsonObject({
    endpoint: endpointSchema(isLocalHost),
    max_retries: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
    headers: v.exactOptional(v.array(webhookHeaderSchema)),
  });

type WebhookEntries = Record<
  WebhookEventType,
  v.ExactOptionalSchema<ReturnType<typeof webhookSchema>, undefined>
>;

function webhookEntries(isLocalHost: IsLocalHost): WebhookEntries {
  const entry = v.exactOptional(webhookSchema(isLocalHost));
  const [change, content, rich, accept, chatState] = WEBHOOK_EVENT_TYPES;
  return { [change]: entry, [content]: entry, [rich]: entry, [accept]: entry, [chatState]: entry };
}

/**
 * What is sent on create and update. Unknown members are kept; a wrong event key is no error, nothing arrives for it.
 *
 * @see PROTOCOL.md §4.2, §8.8
 */
export const createManifestSchema = (isLocalHost: IsLocalHost) =>
  jsonObject({
    client_name: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    description: v.exactOptional(text(256)),
    grant_types: v.exactOptional(
      v.array(v.picklist(['client_credentials', 'authorization_code', 'refresh_token'])),
    ),
    redirect_uris: v.exactOptional(v.array(text(128))),
    response_types: v.exactOptional(v.array(v.picklist(['code', 'token', 'id_token', 'id_token token']))),
    scope: v.exactOptional(text(128)),
    logo_uri: v.exactOptional(text(1024)),
    enabled: v.exactOptional(v.boolean()),
    quick_launch_enabled: v.exactOptional(v.boolean()),
    entry_uri: v.exactOptional(text(1024)),
    enabled_for_profiles: v.exactOptional(v.array(v.pipe(v.number(), v.integer()))),
    capabilities: nullable(
      jsonObject({
        webhooks: nullable(
          jsonObject({
            ...webhookEntries(isLocalHost),
            retry: v.exactOptional(
              jsonObject({
                retention_time: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(259_200)),
              }),
            ),
          }),
        ),
        engagement: nullable(engagementSchema),
      }),
    ),
  });

export type InstallationManifest = v.InferOutput<ReturnType<typeof createManifestSchema>>;
