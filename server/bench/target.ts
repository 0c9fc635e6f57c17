import { createHmac } from 'node:crypto';

import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import { notification, textChange } from '../testing/notifications.ts';

/** Where events go and where they come out. */
export interface Target {
  readonly origin: string;
  readonly cookie: string;
  readonly appKey: string;
  readonly secret: string;
}

const CONVERSATIONS = 16;
/** What people write is a line or two. */
const TEXT = 'The parcel has not arrived yet, could you please have a look where it is? '.repeat(3);
const MARK = '"message":"event ';

/** The bytes of one signed webhook. Never the same event twice: `run` and `index` are in it. */
export function webhookRequest({ appKey, secret }: Target, run: string, index: number): Buffer {
  const conversationId = `${run}-${index % CONVERSATIONS}`;
  const text = `event ${index} ${TEXT}`;
  const body = Buffer.from(
    notification([textChange({ conversationId, sequence: Math.trunc(index / CONVERSATIONS), text })]),
  );
  const signature = createHmac('sha1', secret).update(body).digest('base64');
  const head =
    'POST /notifications/event HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n' +
    `${WEBHOOK_HEADERS.account}: demo\r\n${WEBHOOK_HEADERS.clientId}: ${appKey}\r\n` +
    `${WEBHOOK_HEADERS.signature}: sha1=${signature}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** The bytes with which a browser opens its stream. */
export function streamRequest({ cookie }: Target): Buffer {
  return Buffer.from(
    `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n` +
      `Cache-Control: no-cache\r\nUser-Agent: bench\r\nCookie: ${cookie}\r\n\r\n`,
  );
}

/** Indexes of the events in text that came from a stream. */
export function* indexesIn(text: string): Generator<number> {
  for (let at = text.indexOf(MARK); at !== -1; at = text.indexOf(MARK, at + MARK.length)) {
    yield Number.parseInt(text.slice(at + MARK.length, at + MARK.length + 10), 10);
  }
}
