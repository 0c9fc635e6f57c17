import type { Audience, EventStore, LogBounds } from '../event-store/event-store.ts';
import { PAGE_SIZE } from '../event-store/follow-events.ts';
import type { FeedPage } from './audience-feed.ts';
import { toChunks } from './stream-chunks.ts';

interface KeptPage {
  readonly key: string;
  readonly page: FeedPage;
}

/** A larger page is read anew for each reader. */
const MAX_KEPT_BYTES = 256 * 1024;

/**
 * Pages of the log for readers that are not up to date. Those that open at once mostly lack the same: the page that was read
 * last is kept, and as long as nothing changes in the log everybody else gets the same bytes.
 */
export class CatchUpPages {
  private readonly store: EventStore;
  private kept: KeptPage | null = null;

  constructor(store: EventStore) {
    this.store = store;
  }

  /** @param bounds The log's bounds, asked for before this. */
  async read(audience: Audience, after: number, { newest, droppedThrough }: LogBounds): Promise<FeedPage> {
    const key = JSON.stringify([audience.account, audience.owner, after, newest, droppedThrough]);
    if (this.kept?.key === key) return this.kept.page;
    const entries = await this.store.readAfter(audience, after, PAGE_SIZE);
    const page = { entries, chunks: toChunks(entries) };
    this.kept = sizeOf(page) <= MAX_KEPT_BYTES ? { key, page } : null;
    return page;
  }
}

const sizeOf = ({ chunks }: FeedPage): number => chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
