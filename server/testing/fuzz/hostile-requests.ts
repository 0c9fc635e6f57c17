import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import { conversationChange, notification, textChange } from '../notifications.ts';

/** One request of somebody who means no good, or of a broken program. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** What the fuzzer knows: with it some requests get past the first checks. */
export interface KnownSecrets {
  readonly appKey: string;
  readonly secret: string;
  readonly cookie: string;
  readonly conversationId: string;
}

const TYPES = ['application/json', 'text/plain', 'image/png', 'application/json; charset=latin1', 'x/y'];
const ENCODINGS = [null, null, 'identity', 'gzip', 'br', 'deflate', 'zzz'];
const nasty = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '..',
    '%00',
    '__proto__',
    'constructor',
    'null',
    '9'.repeat(30),
    "'; --",
    '😀',
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
);
/** What may stand in a header at all. */
const headerText = fc.string({ maxLength: 40, unit: 'grapheme-ascii' }).map((text) => text.trim());
const bytes = fc.uint8Array({ maxLength: 200 });
const anyBody = fc.oneof(fc.json(), bytes, fc.constantFrom('', '{', '[]', 'null', '"', '\uFEFF{}'));

/** Requests at the receiver, at the API and at the stream. */
export function hostileRequests(known: KnownSecrets): fc.Arbitrary<HostileRequest> {
  return fc.oneof(
    { weight: 2, arbitrary: forged() },
    { weight: 3, arbitrary: signed(known) },
    { weight: 4, arbitrary: apiCalls(known) },
    { weight: 1, arbitrary: cursors(known) },
  );
}

const POST = { method: 'POST', path: '/notifications/event' } as const;

/** Webhooks whose signature cannot be right. */
function forged(): fc.Arbitrary<HostileRequest> {
  const names = [...Object.values(WEBHOOK_HEADERS), 'content-encoding', 'content-type', 'transfer'];
  const headers = fc.dictionary(fc.constantFrom(...names), headerText);
  return fc.record({ headers, body: anyBody }).map((parts) => ({ ...POST, ...parts }));
}

/** Webhooks with the right signature over contents that nobody expects. */
function signed({ appKey, secret }: KnownSecrets): fc.Arbitrary<HostileRequest> {
  return fc.oneof(anyBody, strangeNotification()).map((body) => ({
    ...POST,
    headers: {
      'content-type': 'application/json',
      [WEBHOOK_HEADERS.account]: 'demo',
      [WEBHOOK_HEADERS.clientId]: appKey,
      [WEBHOOK_HEADERS.signature]: `sha1=${createHmac('sha1', secret).update(body).digest('base64')}`,
    },
    body,
  }));
}

/** Values that are no text, no number of a row, or nothing that can be made a text. */
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(1e308, 2 ** 60, 0.5, '\ud800', 'a\0b', [], {}, { toString: 1, valueOf: 1 }),
);

/** Real changes with one member replaced, at whatever depth, among changes that are no such thing. */
function strangeNotification(): fc.Arbitrary<string> {
  const real = fc.constantFrom<object>(
    textChange(),
    textChange({ role: 'CONSUMER', originatorId: 'consumer' }),
    conversationChange('c1', 'consumer'),
  );
  const change = fc
    .record({ real, at: fc.nat(), value: oddValue })
    .map(({ real: whole, at, value }) => withReplaced(whole, at, value));
  return fc.array(fc.oneof(change, fc.jsonValue()), { maxLength: 4 }).map((changes) => notification(changes));
}

/** The same with its member number `at`, counted through all depths, replaced. */
function withReplaced(whole: object, at: number, value: unknown): unknown {
  const names: string[] = [];
  const count = (name: string, member: unknown): unknown => {
    names.push(name);
    return member;
  };
  JSON.stringify(whole, count);
  let left = 1 + (at % Math.max(1, names.length - 1));
  return JSON.parse(
    JSON.stringify(whole, (_name, member: unknown) => {
      left -= 1;
      return left === -1 ? value : member;
    }),
  ) as unknown;
}

/** Calls of the API, most of them by somebody who is signed in. */
function apiCalls({ cookie, conversationId }: KnownSecrets): fc.Arbitrary<HostileRequest> {
  const id = fc
    .oneof(fc.constant(conversationId), nasty)
    .map((text) => encodeURIComponent(toWellFormed(text)));
  const path = fc
    .tuple(fc.constantFrom(...API_PATHS), id, nasty)
    .map(
      ([template, one, query]) =>
        template.replace('{id}', one) + `?after=${encodeURIComponent(toWellFormed(query))}`,
    );
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
    path,
    headers: fc
      .record({
        type: fc.constantFrom(...TYPES),
        encoding: fc.constantFrom(...ENCODINGS),
        isSignedIn: fc.boolean(),
        site: fc.boolean(),
      })
      .map(({ type, encoding, isSignedIn, site }) => ({
        'content-type': type,
        ...(encoding !== null && { 'content-encoding': encoding }),
        ...(isSignedIn && { cookie }),
        ...(site && { 'sec-fetch-site': 'same-origin' }),
      })),
    body: anyBody,
  });
}

/** Streams from wherever. */
function cursors({ cookie }: KnownSecrets): fc.Arbitrary<HostileRequest> {
  const cursor = fc.oneof(nasty, fc.bigInt().map(String), fc.double().map(String));
  return fc.tuple(cursor, fc.option(headerText)).map(([after, lastEventId]) => ({
    method: 'GET',
    path: `/api/events?after=${encodeURIComponent(toWellFormed(after))}`,
    headers: { cookie, ...(lastEventId !== null && { 'last-event-id': lastEventId }) },
    body: null,
  }));
}

const toWellFormed = (text: string): string => text.toWellFormed();

/** Not the sign-out: it would end what the others need. */
const API_PATHS = [
  '/api/about',
  '/api/session',
  '/api/sign-in',
  '/api/messaging',
  '/api/installations',
  '/api/installations/{id}',
  '/api/installations/{id}/webhooks',
  '/api/conversations',
  '/api/conversations/{id}',
  '/api/conversations/{id}/messages',
  '/api/conversations/{id}/events',
  '/api/conversations/{id}/chat-state',
  '/api/conversations/{id}/automatic-chat-state',
  '/api/conversations/{id}/accept-status',
  '/api/conversations/{id}/receipts',
  '/api/conversations/{id}/close',
  '/api/conversations/{id}/files',
  '/api/emulator/faults',
  '/api/emulator/faults/{id}',
  '/api/emulator/deliveries',
  '/api/emulator/deliveries/{id}/redeliver',
  '/api/emulator/apps/{id}/switch-on',
  '/api/emulator/conversations/{id}/agent',
  '/api/{id}',
  '/{id}',
  '/metrics',
  '/readyz',
] as const;
