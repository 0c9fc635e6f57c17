import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import type { WebhookNotification } from '#protocol/webhook-notification';
import { isConversationChange, isMessageChange } from '#protocol/webhook-notification';
import type { ConversationChange, MessageChange, NotificationChange } from '#protocol/webhook-notification';

import { startLoopbackServer } from './loopback-server.ts';
import type { LoopbackServer } from './loopback-server.ts';

/** A webhook as it arrived. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
  readonly notification: WebhookNotification;
}

type Respond = (webhook: ReceivedWebhook, response: ServerResponse) => void;

const answerOk: Respond = (_webhook, response) => response.writeHead(200).end();

/** A connector's endpoint: keeps what arrives, byte for byte. */
export class WebhookReceiver implements AsyncDisposable {
  readonly received: ReceivedWebhook[] = [];
  /** What came and is no JSON. */
  readonly garbled: Omit<ReceivedWebhook, 'notification'>[] = [];
  /** How the endpoint answers; 200 unless a spec says otherwise. */
  respond: Respond = answerOk;
  private readonly arrivals = new EventEmitter();
  private server: LoopbackServer | null = null;

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.server = await startLoopbackServer(
      (request, response) => void receiver.receive(request, response),
    );
    return receiver;
  }

  get url(): string {
    return this.urlOf('/notifications/event');
  }

  urlOf(path: string): string {
    return `${this.server?.origin ?? ''}${path}`;
  }

  /** The first webhook that fits, of those that came or are to come. */
  async waitFor(fits: (webhook: ReceivedWebhook) => boolean): Promise<ReceivedWebhook> {
    for (;;) {
      const found = this.received.find(fits);
      if (found) return found;
      await once(this.arrivals, 'arrival');
    }
  }

  async waitForMessage(fits: (change: MessageChange) => boolean): Promise<ReceivedWebhook> {
    return this.waitFor((webhook) => messagesOf(webhook).some(fits));
  }

  async waitForConversation(fits: (change: ConversationChange) => boolean): Promise<ReceivedWebhook> {
    return this.waitFor((webhook) => conversationsOf(webhook).some(fits));
  }

  get messages(): readonly MessageChange[] {
    return this.received.flatMap(messagesOf);
  }

  get conversations(): readonly ConversationChange[] {
    return this.received.flatMap(conversationsOf);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server?.[Symbol.asyncDispose]();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawBody = await bytesOf(request);
    // Broken off: nothing has arrived.
    if (!rawBody) return;
    const garbled = { path: request.url ?? '', headers: request.headers, rawBody };
    const notification = notificationIn(rawBody);
    if (!notification) {
      this.garbled.push(garbled);
      response.writeHead(200).end();
      return;
    }
    const webhook = { ...garbled, notification };
    this.received.push(webhook);
    this.respond(webhook, response);
    this.arrivals.emit('arrival');
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

function notificationIn(rawBody: Buffer): WebhookNotification | null {
  try {
    return JSON.parse(rawBody.toString('utf8')) as WebhookNotification;
  } catch {
    return null;
  }
}

export const messagesOf = ({ notification }: ReceivedWebhook): readonly MessageChange[] =>
  notification.body.changes.filter((change): change is NotificationChange & MessageChange =>
    isMessageChange(change),
  );

export const conversationsOf = ({ notification }: ReceivedWebhook): readonly ConversationChange[] =>
  notification.body.changes.filter((change): change is NotificationChange & ConversationChange =>
    isConversationChange(change),
  );

/** Whether the signature is the secret's over exactly the bytes received. Computed here anew, from §8.2. */
export function isSignedWith(
  secret: string,
  { headers, rawBody }: Omit<ReceivedWebhook, 'notification'>,
): boolean {
  const expected = createHmac('sha1', secret).update(rawBody).digest('base64');
  return headers['x-liveperson-signature'] === `sha1=${expected}`;
}
