import type { Request } from 'express';

import { bodyText, parsedJson } from '../api/request-body.ts';
import { queryText } from '../api/query.ts';
import type { CallOccasion } from './occasion.ts';

/** Which service of the directory serves a path. @see PROTOCOL.md §1.3 */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/account\/[^/]+\/service\//, 'csds'],
  [/^\/api\/account\/[^/]+\/(login|refresh|logout)$/, 'agentVep'],
  [/^\/api\/account\/[^/]+\/configuration\/app-install\//, 'accountConfigReadWrite'],
  [/^\/api\/account\/[^/]+\/configuration\//, 'accountConfigReadOnly'],
  [/^\/(sentinel|\.well-known)\//, 'sentinel'],
  [/^\/api\/account\/[^/]+\/consumer$/, 'idp'],
  [/^\/api\/account\/[^/]+\/messaging\//, 'asyncMessagingEnt'],
  [/^\/messaging_history\//, 'msgHist'],
  [/^\/v1\/AUTH_async-images\//, 'swift'],
];

/** What a call is about, as far as it can be seen before it is checked. */
export function callOccasion(request: Request): CallOccasion {
  const { method, path } = request;
  const body = request.is('application/json') === false ? undefined : parsedJson(bodyText(request));
  const authorization = request.get('authorization') ?? '';
  const onBehalf = claimsOf(request.get('x-lp-on-behalf') ?? '');
  return {
    on: 'call',
    service: SERVICES.find(([pattern]) => pattern.test(path))?.[1] ?? null,
    method,
    path,
    requestType: requestTypeOf(body),
    eventType: textAt(body, 'body', 'event', 'type'),
    account: /\/account\/([^/]+)/.exec(path)?.[1] ?? null,
    app: textAt(claimsOf(authorization), 'azp') ?? queryText(request, 'client_id'),
    conversation: textAt(body, 'body', 'conversationId') ?? textAt(body, 'body', 'dialogId'),
    consumer: textAt(onBehalf, 'lp_consumer_id'),
    hasToken: authorization !== '',
  };
}

/** The last request of an opening call is the one that matters: the profile comes before it. @see PROTOCOL.md §6.2 */
const requestTypeOf = (body: unknown): string | null =>
  textAt(Array.isArray(body) ? body.at(-1) : body, 'type');

/** What a token says of itself, unchecked: good enough to choose a fault by. */
function claimsOf(token: string): unknown {
  const payload = token.split('.')[1];
  return payload === undefined ? undefined : parsedJson(Buffer.from(payload, 'base64url').toString('utf8'));
}

function textAt(value: unknown, ...path: readonly string[]): string | null {
  const inner = path.reduce<unknown>(
    (outer, member) => (typeof outer === 'object' && outer !== null ? Reflect.get(outer, member) : undefined),
    value,
  );
  return typeof inner === 'string' ? inner : null;
}
