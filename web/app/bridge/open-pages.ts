import { InjectionToken } from '@angular/core';

/** Which pages of this browser are open. */
export interface OpenPages {
  /** This page is open from now on, until it ends in whichever way. */
  enter(id: string): void;
  /** Whether the page is open still. */
  isOpen(id: string): Promise<boolean>;
  /** Settles once the page has ended; a page that is reloaded may still be on its way out. */
  end(id: string): Promise<void>;
}

/** By the browser's locks. Where it has none (plain HTTP on another machine), any other page counts as ended. */
export const OPEN_PAGES = new InjectionToken<OpenPages>('OPEN_PAGES', {
  factory: () => ('locks' in navigator ? openPages(navigator.locks) : NOBODY_KNOWS),
});

function openPages(locks: LockManager): OpenPages {
  return {
    // Held for as long as the page: the browser takes the lock back when that ends, also by a crash.
    enter: (id) => {
      locks.request(nameOf(id), () => new Promise(() => undefined)).catch(() => undefined);
    },
    // A browser that refuses locks refuses storage too: there is nothing to take over.
    isOpen: (id) =>
      locks.request(nameOf(id), { ifAvailable: true }, (lock) => lock === null).catch(() => true),
    end: (id) => locks.request(nameOf(id), () => undefined),
  };
}

const nameOf = (id: string): string => `connector-page/${id}`;

const NOBODY_KNOWS: OpenPages = {
  enter: () => undefined,
  isOpen: () => Promise.resolve(false),
  end: () => Promise.resolve(),
};
