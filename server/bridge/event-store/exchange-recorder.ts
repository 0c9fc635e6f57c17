import type { ExchangeRecorded } from '#protocol/bridge-events';
import type { ConversationId } from '#protocol/identifiers';

import type { Logger } from '../logging/loggers.ts';
import type { UpstreamContext } from '../upstream/upstream-call.ts';
import type { CallsUnderWayBook } from './calls-under-way-book.ts';
import type { Audience, EventStore, NewEntry } from './event-store.ts';

/** Writes exchanges with the cloud into the log of the person they were made for. */
export class ExchangeRecorder {
  private readonly store: EventStore;
  private readonly log: Logger;
  private readonly underWay: CallsUnderWayBook;

  constructor(store: EventStore, log: Logger, underWay: CallsUnderWayBook) {
    this.store = store;
    this.log = log;
    this.underWay = underWay;
  }

  /** Takes exchanges one by one. A log that cannot be written to does not stop the work that made the exchange. */
  into(audience: Audience, conversationId: ConversationId | null): (exchange: ExchangeRecorded) => void {
    return (exchange) => void this.write(audience, conversationId, [exchange]);
  }

  /** Is told of calls that leave; see `UpstreamContext`. */
  begin(audience: Audience, conversationId: ConversationId | null): NonNullable<UpstreamContext['begin']> {
    return (call) => this.underWay.add(audience, { ...call, conversationId });
  }

  async write(
    audience: Audience,
    conversationId: ConversationId | null,
    exchanges: readonly ExchangeRecorded[],
  ): Promise<void> {
    try {
      await this.store.append(exchanges.map((payload) => exchangeEntry(audience, conversationId, payload)));
    } catch (error) {
      this.log.warn({ err: error }, 'an exchange could not be recorded');
    }
  }
}

export function exchangeEntry(
  { account, owner }: Audience,
  conversationId: ConversationId | null,
  payload: ExchangeRecorded,
): NewEntry {
  return { account, owner, conversationId, payload, deliveryKey: null };
}
