import type { ConversationView } from '#protocol/bridge-api';
import type { EventPublished } from '#protocol/bridge-events';

import type { EventStore } from '../event-store/event-store.ts';
import type { Logger } from '../logging/loggers.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import { audienceOf } from './conversations.ts';

/** Tells the log of events that the cloud took. */
export class PublishedEvents {
  private readonly store: EventStore;
  private readonly log: Logger;

  constructor(store: EventStore, log: Logger) {
    this.store = store;
    this.log = log;
  }

  /**
   * A log that cannot be written to does not make a failure of what was done: whoever is told of one would do it again.
   *
   * @returns whether the log took it
   */
  async tell(
    session: SignedIn,
    { conversationId }: ConversationView,
    event: Omit<EventPublished, 'kind'>,
  ): Promise<boolean> {
    const payload: EventPublished = { kind: 'event-published', ...event };
    try {
      await this.store.append([{ ...audienceOf(session), conversationId, payload, deliveryKey: null }]);
      return true;
    } catch (error) {
      this.log.error({ err: error, conversationId }, 'what was published could not be stored');
      return false;
    }
  }
}
