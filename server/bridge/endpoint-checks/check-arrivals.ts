import type { SignatureVerdict } from '#protocol/bridge-events';
import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import { CHECK_HEADER, CHECK_TYPE } from './check-event.ts';

/** How an event of a check came back. */
export interface CheckArrival {
  readonly signature: SignatureVerdict;
  /** Whether these are the bytes that were sent. */
  readonly isIntact: boolean;
  /** Headers that vouch for it and are not there. */
  readonly missingHeaders: readonly string[];
}

/** A webhook as it came in. */
interface Webhook {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

interface Expected {
  readonly body: Buffer;
  readonly until: number;
  arrival: CheckArrival | null;
}

/** What a proxy repeats or holds back for longer than this is not known any more. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1_000;
/** Events of a check are far smaller; nothing larger is searched. */
const MOST_BYTES = 4_096;
const CHECK_MARK = Buffer.from(`"${CHECK_TYPE}"`);

/** Events of checks that are on their way, by their one-time nonce. Kept in memory: they mean nothing after a restart. */
export class CheckArrivals {
  private readonly expected = new Map<string, Expected>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Knows the event from now on. Call it before the event is sent. */
  expect(nonce: string, body: Buffer): void {
    this.dropOld();
    this.expected.set(nonce, { body, until: this.now() + REMEMBERED_MS, arrival: null });
  }

  /** How the event came back first; `null`: it did not. */
  arrivalOf(nonce: string): CheckArrival | null {
    return this.expected.get(nonce)?.arrival ?? null;
  }

  /**
   * Whether the webhook belongs to a check, so that nobody else need look at it.
   *
   * Of events that this bridge does not expect (any more) only well signed ones count: an unsigned claim to be a check
   * must not keep a forgery out of the list of refusals.
   */
  meet(webhook: Webhook, signature: SignatureVerdict): boolean {
    const { nonce, isCheck } = nonceIn(webhook);
    const expected = nonce === null ? undefined : this.expected.get(nonce);
    if (expected === undefined || expected.until <= this.now()) return isCheck && signature === 'valid';
    expected.arrival ??= {
      signature,
      isIntact: expected.body.equals(webhook.body),
      missingHeaders: missingIn(webhook),
    };
    return true;
  }

  private dropOld(): void {
    const now = this.now();
    for (const [nonce, { until }] of this.expected) {
      if (until > now && this.expected.size < MOST_REMEMBERED) return;
      this.expected.delete(nonce);
    }
  }
}

/** An empty one vouches for nothing either. */
function missingIn({ headers }: Webhook): readonly string[] {
  return Object.values(WEBHOOK_HEADERS).filter((name) => (headers[name] ?? '') === '');
}

/** The nonce, wherever it survived. */
function nonceIn({ headers, body }: Webhook): { readonly nonce: string | null; readonly isCheck: boolean } {
  const header = headers[CHECK_HEADER];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isCheck = body.length <= MOST_BYTES && bytes.includes(CHECK_MARK);
  if (typeof header === 'string') return { nonce: header, isCheck };
  const found = isCheck ? /"nonce"\s*:\s*"([0-9a-f]{32})"/.exec(bytes.toString('latin1'))?.[1] : undefined;
  return { nonce: found ?? null, isCheck };
}
