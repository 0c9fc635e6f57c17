import type { CallUnderWay } from '#protocol/bridge-events';

import type { Audience } from './event-store.ts';

/** Most calls are answered sooner: then nobody is told, and nothing is written for them. */
export const TELL_AFTER_MS = 100;

/** What the readers of one audience share. */
interface Page {
  readonly calls: Set<CallUnderWay>;
  readonly readers: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
  /** Whether the readers know of calls. */
  isTold: boolean;
}

/**
 * What has left for the cloud and is not answered yet. It is no part of the log: a bridge that ends forgets it, and rightly, since
 * its calls end with it. Readers are told that there is something else to read, never what, and at most so often.
 */
export class CallsUnderWayBook {
  private readonly pages = new Map<string, Page>();
  private readonly tellAfterMs: number;

  constructor(tellAfterMs = TELL_AFTER_MS) {
    this.tellAfterMs = tellAfterMs;
  }

  /** Returns what takes the call out again. */
  add(audience: Audience, call: CallUnderWay): () => void {
    const page = this.pageOf(audience);
    page.calls.add(call);
    this.tellSoon(audience, page);
    return () => {
      page.calls.delete(call);
      this.tellSoon(audience, page);
    };
  }

  /** In the order in which they left. Whoever reads calls here is told of their end. */
  of(audience: Audience): readonly CallUnderWay[] {
    const page = this.pages.get(keyOf(audience));
    if (page === undefined) return [];
    page.isTold ||= page.calls.size > 0;
    return [...page.calls];
  }

  /** Calls `changed` when there is something else to read; dispose of it to end that. */
  watch(audience: Audience, changed: () => void): Disposable {
    const page = this.pageOf(audience);
    page.readers.add(changed);
    return {
      [Symbol.dispose]: () => {
        page.readers.delete(changed);
        this.drop(audience, page);
      },
    };
  }

  private tellSoon(audience: Audience, page: Page): void {
    page.timer ??= setTimeout(() => {
      page.timer = undefined;
      this.tell(page);
      this.drop(audience, page);
    }, this.tellAfterMs).unref();
  }

  private tell(page: Page): void {
    const isAny = page.calls.size > 0;
    if (!isAny && !page.isTold) return;
    page.isTold = isAny;
    for (const changed of [...page.readers]) changed();
  }

  private pageOf(audience: Audience): Page {
    const key = keyOf(audience);
    const page = this.pages.get(key) ?? {
      ...{ calls: new Set(), readers: new Set() },
      ...{ timer: undefined, isTold: false },
    };
    this.pages.set(key, page);
    return page;
  }

  /** Nobody's page is not kept. */
  private drop(audience: Audience, { calls, readers, timer }: Page): void {
    if (calls.size === 0 && readers.size === 0 && timer === undefined) this.pages.delete(keyOf(audience));
  }
}

const keyOf = ({ account, owner }: Audience): string => JSON.stringify([account, owner]);
