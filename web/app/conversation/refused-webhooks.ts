import { DestroyRef, inject, signal } from '@angular/core';

import {
  SIGNATURE_VERDICTS,
  type LogEntry,
  type LogEntryHead,
  type NotificationRefused,
} from '#protocol/bridge-events';
import type { AppKey } from '#protocol/identifiers';

import { EventLog } from '../bridge/event-log';

type Refused = LogEntryHead & NotificationRefused;

/** Webhooks that were refused for their signature: whose they are, only they themselves say. Made where one may inject. */
export class RefusedWebhooks {
  private readonly all = signal<readonly Refused[]>([]);

  constructor() {
    const stop = inject(EventLog).follow(
      (entries) => this.take(entries.filter(isOfSignature)),
      () => this.all.set([]),
      ({ dropped }) => this.forgetThrough(dropped.at(-1)?.sequence ?? 0),
    );
    inject(DestroyRef).onDestroy(stop);
  }

  /** The first that named the app, from `since` on; `null` where there is none. */
  firstFor(appKey: AppKey | null, since: number): Refused | null {
    return this.all().find((refused) => refused.appKey === appKey && refused.at >= since) ?? null;
  }

  private take(refused: readonly Refused[]): void {
    if (refused.length > 0) this.all.update((all) => [...all, ...refused]);
  }

  private forgetThrough(sequence: number): void {
    this.all.update((all) => all.filter((refused) => refused.sequence > sequence));
  }
}

const OF_SIGNATURE: ReadonlySet<string> = new Set(SIGNATURE_VERDICTS);

const isOfSignature = (entry: LogEntry): entry is Refused =>
  entry.kind === 'notification-refused' && OF_SIGNATURE.has(entry.reason);
