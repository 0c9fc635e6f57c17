import type { AppForm, EndpointForm, EngagementForm, HeaderForm, WebhooksForm } from './app-form';
import {
  ENGAGEMENT_LISTS,
  ENGAGEMENT_LIST_NAMES,
  ENGAGEMENT_SWITCHES,
  ENGAGEMENT_SWITCH_NAMES,
} from './engagement-words';
import {
  DROP,
  KEEP,
  isEdit,
  isObject,
  isSameJson,
  listOf,
  objectOf,
  withMembers,
  type JsonObject,
} from './json-value';
import { withDemoMarker, type Manifest } from './manifest';
import { toForm } from './to-form';

/**
 * The manifest that the form means: `source`, from which the form was made, with what was edited.
 *
 * Only what differs from the form of `source` is written. So an untouched form gives `source` back to the last unknown
 * member, whatever the account keeps there.
 */
export function toManifest(form: AppForm, source: Manifest): Manifest {
  const was = toForm(source);
  return withMembers(source, {
    ...detailEdits(form, was),
    capabilities: capabilitiesEdit(form, was, source['capabilities']),
  });
}

function detailEdits({ details }: AppForm, { details: was }: AppForm): JsonObject {
  const { isDemo, name } = details;
  const trimmed = name === was.name ? name : name.trim();
  return {
    client_name: change(isDemo ? withDemoMarker(trimmed) : trimmed, was.name),
    description: change(details.description, was.description, details.description.trim()),
    enabled: change(details.isEnabled, was.isEnabled),
    scope: change(details.scope, was.scope, details.scope.trim()),
    grant_types: change(details.grantTypes, was.grantTypes),
    redirect_uris: change(details.redirectUris, was.redirectUris, linesOf(details.redirectUris)),
    logo_uri: change(details.logoUri, was.logoUri, details.logoUri.trim()),
  };
}

function capabilitiesEdit(form: AppForm, was: AppForm, stored: unknown): unknown {
  const capabilities = objectOf(stored);
  const members = {
    webhooks: webhooksEdit(form.webhooks, was.webhooks, objectOf(capabilities['webhooks'])),
    engagement: engagementEdit(form.engagement, was.engagement, objectOf(capabilities['engagement'])),
  };
  return isEdit(members) ? withMembers(capabilities, members) : KEEP;
}

function webhooksEdit(form: WebhooksForm, was: WebhooksForm, webhooks: JsonObject): unknown {
  const endpoints = form.endpoints.map((endpoint, index) => [
    endpoint.type,
    endpointEdit(endpoint, was.endpoints[index], objectOf(webhooks[endpoint.type])),
  ]);
  const members = {
    ...objectOf(Object.fromEntries(endpoints)),
    retry: form.retention === was.retention ? KEEP : retryEdit(form.retention, objectOf(webhooks['retry'])),
  };
  return isEdit(members) ? withMembers(webhooks, members) : KEEP;
}

function endpointEdit(form: EndpointForm, was: EndpointForm | undefined, endpoint: JsonObject): unknown {
  const before = was ?? { url: '', maxRetries: '', headers: [] };
  const url = form.url.trim();
  // Headers and retries of no endpoint mean nothing; they stay in the form, in case a URL comes back.
  if (url === '') return before.url === '' ? KEEP : DROP;
  const retries = form.maxRetries === '' ? DROP : Number(form.maxRetries);
  const members = {
    endpoint: change(form.url, before.url, url),
    max_retries: change(form.maxRetries, before.maxRetries, retries),
    headers: change(form.headers, before.headers, toHeaders(form.headers, listOf(endpoint['headers']))),
  };
  return isEdit(members) ? withMembers(endpoint, members) : KEEP;
}

/** Headers in their new order; what else a header of that name had is kept. */
function toHeaders(headers: readonly HeaderForm[], stored: readonly unknown[]): readonly JsonObject[] {
  const left = stored.filter(isObject);
  return headers.map(({ name, value }) => {
    const at = left.findIndex((header) => header['header_name'] === name);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return { ...found, header_name: name.trim(), header_value: value };
  });
}

function retryEdit(retention: string, retry: JsonObject): unknown {
  const retention_time = retention === '' ? DROP : Number(retention);
  const edited = withMembers(retry, { retention_time });
  return Object.keys(edited).length === 0 ? DROP : edited;
}

function engagementEdit(form: EngagementForm, was: EngagementForm, engagement: JsonObject): unknown {
  if (!form.isOn) return was.isOn ? DROP : KEEP;
  if (was.isOn && isSameJson(form, was)) return KEEP;
  // The three switches are required: whoever edits the block completes it. An absent list stays absent.
  const switches = ENGAGEMENT_SWITCH_NAMES.map((name) => [ENGAGEMENT_SWITCHES[name].member, form[name]]);
  const lists = ENGAGEMENT_LIST_NAMES.map((name) => [
    ENGAGEMENT_LISTS[name].member,
    was.isOn ? change(form[name], was[name]) : form[name],
  ]);
  return withMembers(engagement, objectOf(Object.fromEntries([...switches, ...lists])));
}

/** What is to be done with a member whose form value was `was` and is `now`. */
function change(now: unknown, was: unknown, written: unknown = now): unknown {
  return isSameJson(now, was) ? KEEP : written;
}

/** The lines that hold something, without blanks around it. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
