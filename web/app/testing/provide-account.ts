import type { Provider } from '@angular/core';

import { BridgeClient } from '../bridge/bridge-client';
import { BROWSER_STORAGE, TAB_STORAGE, type BrowserStorage } from '../bridge/browser-storage';
import { EVENT_SOURCE_FACTORY } from '../bridge/event-source-factory';
import { TAB_LINK } from '../bridge/tab-link';
import type { FakeAccount } from './fake-account';
import { FakeEventSources } from './fake-event-source';

/** Storage that lasts as long as the spec. */
export class FakeStorage implements BrowserStorage {
  private readonly values = new Map<string, string>();

  get(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.values.set(key, value);
  }

  remove(key: string): void {
    this.values.delete(key);
  }

  keys(): readonly string[] {
    return [...this.values.keys()];
  }
}

/** A frame whose bridge is `account`; nothing leaves the page. */
export function provideAccount(
  account: FakeAccount,
  { storage = new FakeStorage(), sources = new FakeEventSources() } = {},
): Provider[] {
  return [
    { provide: BridgeClient, useValue: account },
    { provide: BROWSER_STORAGE, useValue: storage },
    { provide: TAB_STORAGE, useClass: FakeStorage },
    { provide: EVENT_SOURCE_FACTORY, useValue: sources.open },
    { provide: TAB_LINK, useValue: null },
  ];
}
