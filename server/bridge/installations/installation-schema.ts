import * as v from 'valibot';

import type {
  InstallationDraft,
  ReplaceInstallationRequest,
  UpdateWebhooksRequest,
} from '#protocol/bridge-api';
import {
  WEBHOOK_EVENT_TYPES,
  type WebhookEndpoint,
  type WebhooksCapability,
} from '#protocol/app-installation';

/** `max_retries` and `retention_time` as documented. @see PROTOCOL.md §4.2.1 */
const retries = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5));
const retention = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(259_200));

/** Plain http is for endpoints on this machine; the cloud itself refuses it and says so. */
const endpointUrl = v.pipe(
  v.string(),
  v.trim(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'Enter a whole URL, https://…',
  ),
);

const headerName = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[\w!#$%&'*+.^`|~-]{1,256}$/, 'This is no name of a header.'),
);
const headerValue = v.pipe(v.string(), v.maxLength(8192), v.regex(/^[^\r\n\0]*$/, 'A header has one line.'));

/** Members that nobody here knows are kept at every level: the account may hold more than is documented. */
const endpointSchema = v.looseObject({
  endpoint: endpointUrl,
  max_retries: v.exactOptional(retries),
  headers: v.exactOptional(v.array(v.looseObject({ header_name: headerName, header_value: headerValue }))),
}) satisfies v.GenericSchema<WebhookEndpoint>;

const [conversationChange, content, richContent, acceptStatus, chatState] = WEBHOOK_EVENT_TYPES;

const webhookEntries = {
  [conversationChange]: v.exactOptional(endpointSchema),
  [content]: v.exactOptional(endpointSchema),
  [richContent]: v.exactOptional(endpointSchema),
  [acceptStatus]: v.exactOptional(endpointSchema),
  [chatState]: v.exactOptional(endpointSchema),
  retry: v.exactOptional(v.looseObject({ retention_time: retention })),
};

const webhooksSchema = v.looseObject(webhookEntries) satisfies v.GenericSchema<WebhooksCapability>;

const revision = v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(128)));

export const updateWebhooksSchema = v.strictObject({
  webhooks: webhooksSchema,
  revision,
}) satisfies v.GenericSchema<UpdateWebhooksRequest>;

/** Absent and `null` are both legal in what is read back. @see PROTOCOL.md §4.3 */
const optional = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.exactOptional(v.nullable(schema));

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** The limits of §4.2; members that are not known here pass, so that nothing of a manifest gets lost. */
export const draftSchema = v.looseObject({
  client_name: v.pipe(v.string(), v.trim(), v.minLength(1, 'Enter a name.'), v.maxLength(128)),
  description: optional(text(256)),
  enabled: v.optional(v.boolean(), true),
  scope: optional(text(128)),
  grant_types: optional(v.array(text(128))),
  redirect_uris: optional(v.array(text(128))),
  logo_uri: optional(text(1024)),
  entry_uri: optional(text(1024)),
  capabilities: v.exactOptional(
    v.nullable(
      v.looseObject({
        webhooks: v.exactOptional(v.nullable(v.looseObject(webhookEntries))),
        engagement: v.exactOptional(v.nullable(v.looseObject({}))),
      }),
    ),
  ),
}) satisfies v.GenericSchema<unknown, InstallationDraft>;

export const replaceInstallationSchema = v.strictObject({
  installation: draftSchema,
  revision,
}) satisfies v.GenericSchema<unknown, ReplaceInstallationRequest>;

export const createInstallationSchema = v.strictObject({ installation: draftSchema });
