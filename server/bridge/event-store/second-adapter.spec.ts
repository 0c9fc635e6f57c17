import { MemoryEventStore } from '../../testing/memory-event-store.ts';
import { describeEventStore } from './event-store.contract.ts';

// An adapter without any database passes: Redis Streams, or anything else that keeps an order, can be the next.
describeEventStore('an event store that is no database', () => new MemoryEventStore());
