import type { LogEntry } from '#protocol/bridge-events';

import { buildExchange } from '../testing/build-exchange';
import { APP, LogWriter, START, buildMessage, buildNotification } from '../testing/log-entries';
import { toHar } from './har';

const ORIGIN = { webhookUrl: 'https://demo.example.com/notifications/event', version: '1.2.3' };

/** As whoever opens the file has it. */
function archiveOf(entries: readonly LogEntry[]): { readonly log: Record<string, unknown> } {
  return JSON.parse(JSON.stringify(toHar(entries, ORIGIN))) as { log: Record<string, unknown> };
}

type Shape = Readonly<Record<string, unknown>>;

/** The members that HAR 1.2 does not call optional, by the type of their value. */
const REQUEST: Shape = {
  ...{ method: '', url: '', httpVersion: '', cookies: [], headers: [], queryString: [] },
  ...{ headersSize: 0, bodySize: 0 },
};
const RESPONSE: Shape = {
  ...{ status: 0, statusText: '', httpVersion: '', cookies: [], headers: [] },
  ...{ content: { size: 0, mimeType: '' }, redirectURL: '', headersSize: 0, bodySize: 0 },
};
const ENTRY: Shape = {
  ...{ startedDateTime: '', time: 0, request: REQUEST, response: RESPONSE, cache: {} },
  timings: { send: 0, wait: 0, receive: 0 },
};
const PAIR: Shape = { name: '', value: '' };

/** Where a value is not of this shape; empty where it is. */
function mismatches(value: unknown, shape: unknown, path: string): readonly string[] {
  if (Array.isArray(shape)) return Array.isArray(value) ? pairMismatches(value, path) : [path];
  if (typeof shape !== 'object' || shape === null) return typeof value === typeof shape ? [] : [path];
  if (typeof value !== 'object' || value === null) return [path];
  const members: Shape = { ...value };
  return Object.entries(shape).flatMap(([name, inner]) =>
    mismatches(members[name], inner, `${path}.${name}`),
  );
}

const pairMismatches = (list: readonly unknown[], path: string): readonly string[] =>
  list.flatMap((pair, at) => mismatches(pair, PAIR, `${path}[${at}]`));

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly comment: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

const entriesOf = (entries: readonly LogEntry[]): readonly Entry[] =>
  archiveOf(entries).log['entries'] as readonly Entry[];

/** One of each: answered, unanswered, a form, a file, a webhook with two changes, a refused one. */
function everything(): LogWriter {
  const writer = new LogWriter().opened().submitted('m1', 'Hi');
  writer.add(buildExchange());
  writer.add(buildExchange({ response: null, failure: 'No answer within 10 s', attempt: 2 }));
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '37' };
  const form = { grant_type: 'client_credentials', client_secret: '•••' };
  const token = { method: 'POST', url: 'https://va.example.com/token?v=1.0&a=b+c', headers, body: form };
  writer.add(buildExchange({ summary: 'app token', request: token }));
  const put = { method: 'PUT', url: 'not an address', headers: {}, body: '7 bytes of image/png, not kept' };
  writer.add(buildExchange({ summary: 'put file', request: put }));
  const parts = { deliveryId: 'd7', changeCount: 2, handledMs: 0.25, sizeBytes: 612 };
  writer.add({ ...buildNotification(buildMessage({ text: 'one' })), ...parts });
  writer.add({ ...buildNotification(buildMessage({ text: 'two', sequence: 1 })), ...parts, changeIndex: 1 });
  writer.add({
    ...{ kind: 'notification-refused', deliveryId: 'd8', status: 401, reason: 'body-differs', detail: 'no' },
    ...{ appKey: APP, headers: { 'x-liveperson-signature': 'sha1=x' }, sizeBytes: 9 },
  });
  return writer;
}

describe('toHar', () => {
  it('has all that HAR 1.2 requires, of each call and each webhook', () => {
    const { log } = archiveOf(everything().entries);

    expect(mismatches(log, { version: '', creator: { name: '', version: '' } }, 'log')).toEqual([]);
    expect(log['version']).toBe('1.2');
    const entries = entriesOf(everything().entries);
    expect(entries.length).toBe(6);
    expect(entries.flatMap((entry, at) => mismatches(entry, ENTRY, `entries[${at}]`))).toEqual([]);
    for (const { startedDateTime, time } of entries) {
      expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime);
      expect(time).toBeGreaterThanOrEqual(0);
    }
  });

  it('tells of a call what left, what came back and how long it took', () => {
    const [call] = entriesOf([new LogWriter().add(buildExchange())]);

    expect(call).toEqual(
      jasmine.objectContaining({
        startedDateTime: new Date(START).toISOString(),
        time: 41.3,
        comment: 'ms.PublishEvent ContentEvent',
      }),
    );
    expect(call?.request).toEqual(
      jasmine.objectContaining({
        ...{ method: 'POST', url: 'https://va.example.com/api/send?v=3' },
        headers: [{ name: 'authorization', value: '***' }],
        queryString: [{ name: 'v', value: '3' }],
        postData: { mimeType: '', text: '{"kind":"req"}' },
      }),
    );
    expect(call?.response).toEqual(
      jasmine.objectContaining({
        status: 200,
        content: { size: -1, mimeType: '', text: '{"code":"OK","body":{"sequence":3}}' },
      }),
    );
  });

  it('gives a form as its fields, and makes up neither sizes nor an answer nor a file', () => {
    const entries = entriesOf(everything().entries);
    const named = (comment: string) => entries.find((entry) => entry.comment === comment);

    const token = named('app token')?.request;
    expect([token?.['bodySize'], token?.['headersSize']]).toEqual([37, -1]);
    expect(token?.['queryString']).toEqual([
      { name: 'v', value: '1.0' },
      { name: 'a', value: 'b c' },
    ]);
    expect(token?.['postData']).toEqual({
      mimeType: 'application/x-www-form-urlencoded',
      params: [
        { name: 'grant_type', value: 'client_credentials' },
        { name: 'client_secret', value: '•••' },
      ],
    });
    const { status, content, bodySize, comment } = named('ms.PublishEvent ContentEvent, attempt 2')!.response;
    expect([status, bodySize, comment]).toEqual([0, -1, 'No answer within 10 s']);
    expect(content).toEqual({ size: -1, mimeType: '' });
    const file = { mimeType: '', text: '', comment: '7 bytes of image/png, not kept' };
    expect(named('put file')?.request['postData']).toEqual(file);
  });

  it('has a webhook once, with all its changes, and a refused one without its body', () => {
    const entries = entriesOf(everything().entries);
    const webhooks = entries.filter(({ request }) => request['url'] === ORIGIN.webhookUrl);

    const [received, refused] = webhooks;
    expect(webhooks.length).toBe(2);
    const { text } = received!.request['postData'] as { readonly text: string };
    const { body } = JSON.parse(text) as { readonly body: { readonly changes: readonly unknown[] } };
    expect(body.changes.length).toBe(2);
    expect([received?.time, received?.request['bodySize'], received?.response['status']]).toEqual([
      0.25, 612, 200,
    ]);
    expect(refused?.request['postData']).toBeUndefined();
    expect([refused?.response['status'], refused?.comment]).toEqual([401, 'webhook refused: no']);
  });

  it('says where a webhook’s other changes are not in sight', () => {
    const [change] = everything().entries.filter(({ kind }) => kind === 'notification');

    expect(entriesOf([change!])[0]?.comment).toBe(
      'webhook ms.MessagingEventNotification, 1 of its 2 changes',
    );
  });

  it('stands in the order in which things began', () => {
    const writer = new LogWriter().agentSays(0, 'webhook');
    writer.add(buildExchange({ summary: 'later', startedAt: START + 5_000 }));
    writer.add(buildExchange({ summary: 'first', startedAt: START }));

    expect(entriesOf(writer.entries).map(({ comment }) => comment.split(' ')[0])).toEqual([
      'first',
      'webhook',
      'later',
    ]);
  });
});
