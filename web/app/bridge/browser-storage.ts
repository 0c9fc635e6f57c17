import { InjectionToken } from '@angular/core';

/** What is kept in this browser beyond the page: choices, the last used app, words not sent yet; never a credential. */
export interface BrowserStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All that something is stored under. */
  keys(): readonly string[];
}

/** `localStorage`, or memory where the browser refuses it. */
export const BROWSER_STORAGE = new InjectionToken<BrowserStorage>('BROWSER_STORAGE', {
  factory: () => openStorage(() => localStorage),
});

/** `sessionStorage`: the same for as long as the tab. */
export const TAB_STORAGE = new InjectionToken<BrowserStorage>('TAB_STORAGE', {
  factory: () => openStorage(() => sessionStorage),
});

/** @param storage Asked each time: a browser that blocks it throws already there. */
function openStorage(storage: () => Storage): BrowserStorage {
  const fallback = new Map<string, string>();
  const attempt = <Result>(action: () => Result, otherwise: () => Result): Result => {
    try {
      return action();
    } catch {
      // Blocked or full: what is remembered then lasts as long as the page.
      return otherwise();
    }
  };
  return {
    get: (key) =>
      attempt(
        () => storage().getItem(key) ?? fallback.get(key) ?? null,
        () => fallback.get(key) ?? null,
      ),
    set: (key, value) =>
      attempt<unknown>(
        () => storage().setItem(key, value),
        () => fallback.set(key, value),
      ),
    remove: (key) => {
      fallback.delete(key);
      attempt(
        () => storage().removeItem(key),
        () => undefined,
      );
    },
    keys: () => [
      ...new Set([
        ...attempt(
          () => Object.keys(storage()),
          () => [],
        ),
        ...fallback.keys(),
      ]),
    ],
  };
}
