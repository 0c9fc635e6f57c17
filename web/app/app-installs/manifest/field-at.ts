import type { ReadonlyFieldTree } from '@angular/forms/signals';

import type { AppForm, EndpointForm } from './app-form';
import { ENGAGEMENT_LISTS, ENGAGEMENT_LIST_NAMES } from './engagement-words';
import type { ManifestPath } from './manifest-diff';

/** Any field of the form. */
export type AnyField = ReadonlyFieldTree<unknown>;

/** The field that edits what stands at a path of the manifest, or the nearest one; `null` when the form has none. */
export function fieldAt(
  app: ReadonlyFieldTree<AppForm>,
  [first = '', ...rest]: ManifestPath,
): AnyField | null {
  if (first === 'capabilities') return capabilityField(app, rest);
  return detailField(app, first);
}

function detailField({ details }: ReadonlyFieldTree<AppForm>, member: string): AnyField | null {
  const fields = new Map<string, AnyField>([
    ['client_name', details.name],
    ['description', details.description],
    ['scope', details.scope],
    ['grant_types', details.grantTypes],
    ['redirect_uris', details.redirectUris],
    ['logo_uri', details.logoUri],
  ]);
  return fields.get(member) ?? null;
}

function capabilityField(
  app: ReadonlyFieldTree<AppForm>,
  [capability, ...rest]: ManifestPath,
): AnyField | null {
  if (capability === 'webhooks') return webhookField(app, rest);
  if (capability === 'engagement') return engagementField(app, rest);
  return null;
}

function webhookField(
  { webhooks }: ReadonlyFieldTree<AppForm>,
  [key, ...rest]: ManifestPath,
): AnyField | null {
  if (key === 'retry') return webhooks.retention;
  const at = webhooks
    .endpoints()
    .value()
    .findIndex(({ type }) => type === key);
  const endpoint = webhooks.endpoints[at];
  return endpoint === undefined ? null : endpointField(endpoint, rest);
}

function endpointField(
  endpoint: ReadonlyFieldTree<EndpointForm>,
  [member, at, part]: ManifestPath,
): AnyField {
  if (member === 'max_retries') return endpoint.maxRetries;
  const header = member === 'headers' ? endpoint.headers[Number(at)] : undefined;
  if (header !== undefined) return part === 'header_value' ? header.value : header.name;
  return endpoint.url;
}

function engagementField(
  { engagement }: ReadonlyFieldTree<AppForm>,
  [member]: ManifestPath,
): AnyField | null {
  const name = ENGAGEMENT_LIST_NAMES.find((each) => ENGAGEMENT_LISTS[each].member === member);
  return name === undefined ? engagement.isOn : engagement[name];
}
