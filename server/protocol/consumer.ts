import type { ConsumerId } from './identifiers.ts';

/** Whom an app speaks for. @see PROTOCOL.md §5.2 */
export interface ConsumerIdentity {
  readonly name: string;
  /** `ext_consumer_id`, chosen here. */
  readonly externalId: string;
  /** `lp_consumer_id`, given by the cloud. */
  readonly consumerId: ConsumerId;
}
