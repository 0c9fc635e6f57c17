import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { at } from '../../emulator/testing/answer.ts';
import { startLoopbackServer, type LoopbackServer } from '../../emulator/testing/loopback-server.ts';

/** A webhook that was properly signed. */
export interface Arrival {
  /** Tells webhooks apart: a repetition has the same bytes. */
  readonly digest: string;
  /** `null`: chat states and changes of the conversation have none. */
  readonly sequence: number | null;
  /** What was written; `null`: it is no text. */
  readonly text: string | null;
  /** `null`: it is no change of the conversation. */
  readonly stage: string | null;
}

type Arrivals = ReadonlyMap<string, readonly Arrival[]>;

/** The endpoints of several apps, each at `/<app>`: checks signatures over the raw bytes and keeps what came. */
export class SoakReceiver implements AsyncDisposable {
  /** What was refused because its signature was wrong. */
  refused = 0;
  /** What was taken, repetitions included. */
  taken = 0;
  private readonly secrets = new Map<string, string>();
  private readonly byApp = new Map<string, Map<string, Arrival[]>>();
  private server: LoopbackServer | null = null;

  static async start(): Promise<SoakReceiver> {
    const receiver = new SoakReceiver();
    receiver.server = await startLoopbackServer(
      (request, response) => void receiver.receive(request, response),
    );
    return receiver;
  }

  urlOf(app: string): string {
    return `${this.server?.origin ?? ''}/${app}`;
  }

  /** Begins anew: forgets what came, and knows these secrets. */
  expect(secrets: ReadonlyMap<string, string>): void {
    this.secrets.clear();
    this.byApp.clear();
    this.refused = this.taken = 0;
    for (const [app, secret] of secrets) {
      this.secrets.set(app, secret);
      this.byApp.set(app, new Map());
    }
  }

  /** What an app was told, per conversation, in the order in which it came. */
  arrivalsOf(app: string): Arrivals {
    return this.byApp.get(app) ?? new Map<string, Arrival[]>();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server?.[Symbol.asyncDispose]();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const app = request.url?.slice(1) ?? '';
    const raw = await bytesOf(request);
    // Broken off on its way: nothing has arrived.
    if (!raw) return;
    const isSigned = isSignedWith(this.secrets.get(app) ?? '', request, raw);
    if (isSigned) this.keep(app, raw);
    else this.refused += 1;
    response.writeHead(isSigned ? 200 : 401).end();
  }

  private keep(app: string, raw: Buffer): void {
    this.taken += 1;
    const change = at(JSON.parse(raw.toString('utf8')), 'body', 'changes', 0);
    const conversation = String(at(change, 'conversationId') ?? at(change, 'result', 'convId'));
    const line = this.byApp.get(app)?.get(conversation) ?? [];
    line.push({
      digest: createHash('sha1').update(raw).digest('base64'),
      sequence: valueOf(at(change, 'sequence'), isNumber),
      text: valueOf(at(change, 'event', 'message'), isText),
      stage: valueOf(at(change, 'result', 'conversationDetails', 'stage'), isText),
    });
    this.byApp.get(app)?.set(conversation, line);
  }
}

/** @see PROTOCOL.md §8.2 */
function isSignedWith(secret: string, { headers }: IncomingMessage, raw: Buffer): boolean {
  const given = Buffer.from(String(headers['x-liveperson-signature']));
  const wanted = Buffer.from(`sha1=${createHmac('sha1', secret).update(raw).digest('base64')}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  try {
    return Buffer.concat((await request.toArray()) as Buffer[]);
  } catch {
    return null;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';
const valueOf = <Kind>(value: unknown, is: (value: unknown) => value is Kind): Kind | null =>
  is(value) ? value : null;
