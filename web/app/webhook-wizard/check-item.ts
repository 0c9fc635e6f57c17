import type { StatusTone } from '../ui/status-chip';
import type { MendingWay } from './cause-words';

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
  /** Of an endpoint: whether what is posted there is taken here. */
  readonly arrives?: boolean;
  /** Whether no conversation can be opened for it, however good the endpoints are. */
  readonly stopsConversations?: true;
}
