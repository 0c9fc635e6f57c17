import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { FieldProblem } from '#protocol/problem';

import {
  ENGAGEMENT_LISTS,
  ENGAGEMENT_LIST_NAMES,
  ENGAGEMENT_SWITCHES,
  ENGAGEMENT_SWITCH_NAMES,
} from './engagement-words';
import { isObject } from './json-value';

/** Finds what is wrong with a value; `path` names it. */
type Check = (value: unknown, path: string) => readonly FieldProblem[];

/** What of a manifest has another kind than the bridge and the form read. Nothing here judges values. @see PROTOCOL.md §4.2 */
export function structureProblems(manifest: unknown): readonly FieldProblem[] {
  return MANIFEST(manifest, '');
}

const kind =
  (isRight: (value: unknown) => boolean, message: string): Check =>
  (value, path) =>
    isRight(value) ? [] : [{ path, message }];

/** Absent and `null` are the same where a member may be left out. */
const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined || value === null ? [] : check(value, path);

const text = kind((value) => typeof value === 'string', $localize`This must be a string.`);
const yesNo = kind((value) => typeof value === 'boolean', $localize`This must be true or false.`);
const wholeNumber = kind(Number.isInteger, $localize`This must be a whole number.`);

const listOf =
  (item: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((each, index) => item(each, `${path}.${index}`))
      : [{ path, message: $localize`This must be a list.` }];

const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isObject(value)) return [{ path, message: $localize`This must be an object.` }];
    return Object.entries(members).flatMap(([member, check]) =>
      check(value[member], path === '' ? member : `${path}.${member}`),
    );
  };

const ENDPOINT = object({
  endpoint: text,
  max_retries: optional(wholeNumber),
  headers: optional(listOf(object({ header_name: text, header_value: text }))),
});

const WEBHOOKS = object({
  ...Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [type, optional(ENDPOINT)])),
  retry: optional(object({ retention_time: wholeNumber })),
});

const ENGAGEMENT = object({
  ...Object.fromEntries(
    ENGAGEMENT_SWITCH_NAMES.map((name) => [ENGAGEMENT_SWITCHES[name].member, optional(yesNo)]),
  ),
  ...Object.fromEntries(
    ENGAGEMENT_LIST_NAMES.map((name) => [ENGAGEMENT_LISTS[name].member, optional(listOf(text))]),
  ),
});

const MANIFEST = object({
  client_name: text,
  description: optional(text),
  enabled: optional(yesNo),
  scope: optional(text),
  grant_types: optional(listOf(text)),
  redirect_uris: optional(listOf(text)),
  logo_uri: optional(text),
  capabilities: optional(object({ webhooks: optional(WEBHOOKS), engagement: optional(ENGAGEMENT) })),
});
