import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import { ENDPOINT_WORDS } from '../../bridge/endpoint-words';
import {
  ENGAGEMENT_LISTS,
  ENGAGEMENT_LIST_NAMES,
  ENGAGEMENT_SWITCHES,
  ENGAGEMENT_SWITCH_NAMES,
} from './engagement-words';
import { isObject } from './json-value';
import type { ManifestPath } from './manifest-diff';

const MEMBER_WORDS = new Map<string, string>([
  ['client_name', $localize`Name`],
  ['description', $localize`Description`],
  ['enabled', $localize`Enabled`],
  ['scope', $localize`Scope`],
  ['grant_types', $localize`Grant types`],
  ['redirect_uris', $localize`Redirect URIs`],
  ['logo_uri', $localize`Logo`],
  ['capabilities', $localize`Capabilities`],
  ['webhooks', $localize`Webhooks`],
  ['endpoint', $localize`URL`],
  ['max_retries', $localize`Maximum retries`],
  ['headers', $localize`Headers`],
  ['retry', $localize`Retention`],
  ['retention_time', $localize`Retention time`],
  ['engagement', $localize`Engagement`],
  ...WEBHOOK_EVENT_TYPES.map((type) => [type, ENDPOINT_WORDS[type].name] as const),
  ...ENGAGEMENT_SWITCH_NAMES.map((name) => words(ENGAGEMENT_SWITCHES[name])),
  ...ENGAGEMENT_LIST_NAMES.map((name) => words(ENGAGEMENT_LISTS[name])),
]);

/** Where the member stands tells nothing that its own name does not. */
const SILENT = new Set(['capabilities', 'webhooks', 'retry']);

/** Names what stands at a path as the form does: “Messages · URL”; an unknown member by its own name. */
export function pathWords(path: ManifestPath): string {
  const spoken = path.filter((key, index) => !SILENT.has(key) || index === path.length - 1);
  return spoken.map((key) => MEMBER_WORDS.get(key) ?? key).join(' · ');
}

/** A value for a person: texts as they are, lists one after the other, the rest as JSON. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return $localize`Not set`;
  if (typeof value === 'boolean') return value ? $localize`Yes` : $localize`No`;
  if (typeof value === 'string') return value === '' ? $localize`Empty` : value;
  return (Array.isArray(value) ? listWords(value) : null) ?? JSON.stringify(value, null, 1);
}

function listWords(items: readonly unknown[]): string | null {
  if (items.length === 0) return $localize`None`;
  if (items.every(isHeader)) return items.map(headerWords).join(', ');
  return items.every((item) => typeof item === 'string') ? items.join(', ') : null;
}

interface Header {
  readonly header_name: string;
  readonly header_value: string;
}

const isHeader = (value: unknown): value is Header =>
  isObject(value) && typeof value['header_name'] === 'string' && typeof value['header_value'] === 'string';

const headerWords = ({ header_name: name, header_value: value }: Header): string => `${name}: ${value}`;

function words({
  member,
  label,
}: {
  readonly member: string;
  readonly label: string;
}): readonly [string, string] {
  return [member, label];
}
