import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '#protocol/app-installation';

import {
  EMPTY_HEADER,
  type AppForm,
  type DetailsForm,
  type EndpointForm,
  type EngagementForm,
  type HeaderForm,
  type WebhooksForm,
} from './app-form';
import { ENGAGEMENT_LISTS, ENGAGEMENT_SWITCHES } from './engagement-words';
import { isObject, listOf, objectOf, textOf, textsOf, type JsonObject } from './json-value';
import { DEMO_MARKER, hasDemoMarker, type Manifest } from './manifest';

/** The form for a manifest. Whatever is missing or has an unexpected kind reads as empty, so that every app can be opened. */
export function toForm(manifest: Manifest): AppForm {
  const capabilities = objectOf(manifest['capabilities']);
  return {
    details: toDetails(manifest),
    webhooks: toWebhooks(objectOf(capabilities['webhooks'])),
    engagement: toEngagement(capabilities['engagement']),
  };
}

/** The form for a manifest that takes the place of another one; a demo app stays one while its name says so. */
export function toFormLike(form: AppForm, manifest: Manifest): AppForm {
  const next = toForm(manifest);
  const isDemo = form.details.isDemo && hasDemoMarker(next.details.name);
  if (!isDemo) return next;
  return {
    ...next,
    details: { ...next.details, isDemo, name: next.details.name.slice(0, -DEMO_MARKER.length) },
  };
}

function toDetails(manifest: Manifest): DetailsForm {
  return {
    name: textOf(manifest['client_name']),
    isDemo: false,
    isEnabled: manifest['enabled'] !== false,
    description: textOf(manifest['description']),
    scope: textOf(manifest['scope']),
    grantTypes: textsOf(manifest['grant_types']),
    redirectUris: textsOf(manifest['redirect_uris']).join('\n'),
    logoUri: textOf(manifest['logo_uri']),
  };
}

function toWebhooks(webhooks: JsonObject): WebhooksForm {
  return {
    endpoints: WEBHOOK_EVENT_TYPES.map((type) => toEndpoint(type, objectOf(webhooks[type]))),
    retention: numberText(objectOf(webhooks['retry'])['retention_time']),
  };
}

function toEndpoint(type: WebhookEventType, endpoint: JsonObject): EndpointForm {
  return {
    type,
    url: textOf(endpoint['endpoint']),
    maxRetries: numberText(endpoint['max_retries']),
    headers: listOf(endpoint['headers']).filter(isObject).map(toHeader),
    newHeader: EMPTY_HEADER,
  };
}

const toHeader = (header: JsonObject): HeaderForm => ({
  name: textOf(header['header_name']),
  value: textOf(header['header_value']),
});

function toEngagement(stored: unknown): EngagementForm {
  const engagement = objectOf(stored);
  const isSet = ({ member }: { readonly member: string }): boolean => engagement[member] === true;
  const words = ({ member }: { readonly member: string }): readonly string[] => textsOf(engagement[member]);
  return {
    isOn: isObject(stored),
    designEngagement: isSet(ENGAGEMENT_SWITCHES.designEngagement),
    designWindow: isSet(ENGAGEMENT_SWITCHES.designWindow),
    languageSelection: isSet(ENGAGEMENT_SWITCHES.languageSelection),
    entryPoint: words(ENGAGEMENT_LISTS.entryPoint),
    visitorBehavior: words(ENGAGEMENT_LISTS.visitorBehavior),
    targetAudience: words(ENGAGEMENT_LISTS.targetAudience),
    goal: words(ENGAGEMENT_LISTS.goal),
    consumerIdentity: words(ENGAGEMENT_LISTS.consumerIdentity),
  };
}

const numberText = (value: unknown): string => (typeof value === 'number' ? String(value) : '');
