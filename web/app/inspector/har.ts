import type { LogEntry } from '#protocol/bridge-events';

import type { Har, HarEntry } from './har-format';
import { answerOf, contentTypeOf, headOf, noAnswer, postDataOf, queryOf, sizeOf } from './har-parts';
import { rebuiltNotification } from './rebuilt-notification';

/** Where webhooks come to, and who writes the archive. */
export interface HarOrigin {
  readonly webhookUrl: string;
  readonly version: string;
}

const PROGRAM = 'connector-api-demo-app';

type Exchange = Extract<LogEntry, { kind: 'exchange' }>;
type Webhook = Extract<LogEntry, { kind: 'notification' | 'notification-refused' }>;

/**
 * Calls and received webhooks as an HTTP archive, which developer tools of browsers, Charles and Postman open; what is neither
 * is left out. Nothing is made up: what the log does not have is empty, and -1 where the format wants a size.
 *
 * @param entries As the bridge's log has them, secrets masked.
 */
export function toHar(entries: readonly LogEntry[], { webhookUrl, version }: HarOrigin): Har {
  const calls = entries.filter((entry) => entry.kind === 'exchange').map(callEntry);
  const webhooks = deliveriesOf(entries).map((delivery) => webhookEntry(delivery, webhookUrl));
  const inOrder = [...calls, ...webhooks].sort(
    (one, other) => Date.parse(one.startedDateTime) - Date.parse(other.startedDateTime),
  );
  return { log: { version: '1.2', creator: { name: PROGRAM, version }, entries: inOrder } };
}

function callEntry({
  request,
  response,
  failure,
  startedAt,
  durationMs,
  summary,
  attempt,
}: Exchange): HarEntry {
  const { method, url, headers, body } = request;
  const postData = postDataOf(body, contentTypeOf(headers));
  return {
    ...timesOf(startedAt, durationMs),
    request: {
      ...{ method, url, queryString: queryOf(url), ...headOf(headers), bodySize: sizeOf(headers) },
      ...(postData !== null && { postData }),
    },
    response: response === null ? noAnswer(failure) : answerOf(response),
    comment: attempt > 1 ? `${summary}, attempt ${attempt}` : summary,
  };
}

/** The log has the changes of a webhook one by one. */
function deliveriesOf(entries: readonly LogEntry[]): readonly (readonly [Webhook, ...Webhook[]])[] {
  const deliveries = new Map<string, [Webhook, ...Webhook[]]>();
  for (const entry of entries) {
    if (entry.kind !== 'notification' && entry.kind !== 'notification-refused') continue;
    const known = deliveries.get(entry.deliveryId);
    if (known === undefined) deliveries.set(entry.deliveryId, [entry]);
    else known.push(entry);
  }
  return [...deliveries.values()];
}

function webhookEntry(delivery: readonly [Webhook, ...Webhook[]], url: string): HarEntry {
  const [first] = delivery;
  const handledMs = first.kind === 'notification' ? first.handledMs : undefined;
  const changes = delivery.filter((entry) => entry.kind === 'notification');
  const body = changes.length === 0 ? null : rebuiltNotification(changes);
  const postData = postDataOf(body, contentTypeOf(first.headers));
  const status = first.kind === 'notification' ? TAKEN : first.status;
  return {
    ...timesOf(first.at - (handledMs ?? 0), handledMs),
    request: {
      ...{ method: 'POST', url, queryString: queryOf(url), ...headOf(first.headers) },
      ...(postData !== null && { postData }),
      bodySize: first.sizeBytes,
    },
    response: { ...noAnswer(null), status },
    comment: webhookWords(first, changes.length),
  };
}

/** A webhook that is in the log was stored, and then acknowledged. @see PROTOCOL.md §8.7 */
const TAKEN = 200;

function webhookWords(webhook: Webhook, shown: number): string {
  if (webhook.kind === 'notification-refused') return `webhook refused: ${webhook.detail}`;
  const { type, changeCount } = webhook;
  return shown === changeCount
    ? `webhook ${type}`
    : `webhook ${type}, ${shown} of its ${changeCount} changes`;
}

/** Only the whole time is known, and of a refused webhook not even that. */
function timesOf(
  startedAt: number,
  ms: number | undefined,
): Pick<HarEntry, 'startedDateTime' | 'time' | 'timings' | 'cache'> {
  const comment = ms === undefined ? 'not measured' : 'measured as a whole';
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: ms ?? 0,
    timings: { send: 0, wait: ms ?? 0, receive: 0, comment },
    cache: {},
  };
}
