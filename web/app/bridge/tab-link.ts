import { InjectionToken } from '@angular/core';

import type { LogEntry } from '#protocol/bridge-events';

import type { SourceEvent } from './log-source';

/** What tabs say to each other. */
export type TabMessage =
  /** A tab asks whoever leads for what came after its newest entry. */
  | { readonly kind: 'hello'; readonly from: string; readonly after: number }
  | Welcome
  /** Another tab leads from now on. */
  | { readonly kind: 'leading' }
  | { readonly kind: 'opened'; readonly at: number }
  | { readonly kind: 'received'; readonly event: SourceEvent }
  | { readonly kind: 'lost'; readonly isRefused: boolean };

/** A page of the leader's answer to one tab's hello. */
export interface Welcome {
  readonly kind: 'welcome';
  readonly to: string;
  /** Whether the tab must drop what it has: its newest entry is not in this log. */
  readonly isReset: boolean;
  readonly entries: readonly LogEntry[];
  /** `null`: more pages follow. */
  readonly state: LeaderState | null;
}

/** As the bridge tells that there are none. */
export const NO_CALLS_UNDER_WAY = '{"calls":[]}';

export interface LeaderState {
  readonly stream: 'connecting' | 'open' | 'lost';
  readonly isCaughtUp: boolean;
  readonly heardAt: number;
  /** JSON of the calls to the cloud that are not answered yet. */
  readonly underWay: string;
}

/** How the tabs of one browser that show the same person's log find and hear each other. */
export interface TabLink {
  /** Of all tabs one leads; the next in line follows it without a pause, however it ended. */
  readonly lead: LeadLock;
  post(message: TabMessage): void;
  /** Called for what other tabs post, until the link is closed. */
  onMessage: (message: TabMessage) => void;
  close(): void;
}

export interface LeadLock {
  /**
   * Waits in line until this tab leads, then runs `lead`; the tab leads until that promise settles.
   * @returns Rejects when the signal aborts first, or when another tab took the lead away.
   */
  wait(signal: AbortSignal, lead: () => Promise<void>): Promise<void>;
  /** Takes the lead from a tab that does not answer. */
  take(lead: () => Promise<void>): Promise<void>;
}

/** Changes when tabs of an older version of this page could not understand the messages. */
const VERSION = 2;

/** `null` where the browser has no locks (plain HTTP on another machine) or no channels: then tabs do not share. */
export const TAB_LINK = new InjectionToken<((audience: string) => TabLink) | null>('TAB_LINK', {
  factory: () => ('locks' in navigator && 'BroadcastChannel' in globalThis ? openTabLink : null),
});

/** Tabs with the same `audience` meet, those of other people do not. */
export function openTabLink(audience: string): TabLink {
  const name = `connector-log/${VERSION}/${audience}`;
  const channel = new BroadcastChannel(name);
  const link: TabLink = {
    lead: {
      wait: (signal, lead) => navigator.locks.request(name, { signal }, lead),
      take: (lead) => navigator.locks.request(name, { steal: true }, lead),
    },
    post: (message) => channel.postMessage(message),
    onMessage: () => undefined,
    close: () => channel.close(),
  };
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => link.onMessage(data);
  return link;
}
