import type { StatusTone } from '../ui/status-chip';
import type { MendingWay } from './cause-words';

/**
 * What becomes of what is posted to an endpoint. `unacknowledged`: it is taken here, and whoever posts does not hear of it;
 * `refused`: it comes here in vain; `lost`: it does not come here; `unsent`: there is no endpoint.
 */
export type Arrival = 'fine' | 'slow' | 'unacknowledged' | 'refused' | 'lost' | 'unsent';

/** One line of the check: what was looked at, how it stands, what that means and what to do. */
export interface CheckItem {
  readonly id: string;
  readonly title: string;
  readonly tone: StatusTone;
  readonly verdict: string;
  readonly detail: string;
  /** Whether the detail is an address, not a sentence. */
  readonly isCode?: boolean;
  readonly cause: string | null;
  readonly remedy: string | null;
  /** Where in this app it is mended; absent where it is not. */
  readonly way?: MendingWay | null;
  readonly evidence: readonly string[];
  /** Of an endpoint: what becomes of what is posted there. */
  readonly arrival?: Arrival;
  /** Whether no conversation can be opened for it, however good the endpoints are. */
  readonly stopsConversations?: true;
}
