import { DestroyRef, Service, computed, effect, inject, signal } from '@angular/core';

import { MAX_RECEIPT_SEQUENCES } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { ConversationLog } from './conversation-log';
import type { MessageKey } from './conversation-facts';
import { AutomaticSettings } from './controls/automatic-settings';
import { dueReceipts, unreadMessages, type DueReceipt } from './due-receipts';
import { PagePresence } from './page-presence';
import { SharedClaims } from './shared-claims';

/** What arrives together is told together: all before so long a pause… */
export const RECEIPT_DELAY_MS = 150;
/** …but a stream without pauses is not waited out. */
const RECEIPT_LIMIT_MS = 1_000;
/** Waits between tries after a failure; after the last one the next new message starts anew. @see PROTOCOL.md §13 */
const RETRY_AFTER_MS = [5_000, 10_000, 15_000, 120_000];

/**
 * Tells the agents what became of their messages: ACCEPT when they arrive here, READ when they are on the screen while
 * somebody looks. The log knows what was told, so a reload or a second page tells nothing twice; of two browsers that owe
 * the same at the same moment, the bridge lets one tell it.
 *
 * @see PROTOCOL.md §6.3.5
 */
@Service({ autoProvided: false })
export class ReceiptReporter {
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(ConversationLog);
  private readonly presence = inject(PagePresence);
  private readonly settings = inject(AutomaticSettings);
  /** Told or being told by any page of this browser, ahead of the log. */
  private readonly claims = inject(SharedClaims);

  private readonly app = signal<AppKey | null>(null);
  private readonly onScreen = signal<ReadonlySet<MessageKey>>(new Set());
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when receipts wait for a pause, epoch milliseconds; `null` while none do. */
  private waitingSince: number | null = null;

  /** Worked out when something is told, not at each step of a scrolling. */
  private readonly open = computed(() => {
    const app = this.app();
    return [...this.log.facts()]
      .filter(([, facts]) => facts.opened?.appKey === app)
      .map(([id, facts]) => ({ id, facts, unread: unreadMessages(facts) }));
  });
  private readonly due = computed(() => this.receiptsDue());

  constructor() {
    effect(() => {
      if (this.due().length > 0) this.waitForPause();
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  /** Conversations of this app are reported for, and of no other. */
  reportFor(appKey: AppKey): void {
    this.app.set(appKey);
  }

  /** Which messages are in view now. */
  setOnScreen(keys: ReadonlySet<MessageKey>): void {
    this.onScreen.set(keys);
  }

  private receiptsDue(): readonly DueReceipt[] {
    if (!this.log.isCaughtUp()) return [];
    const isPresent = this.presence.isPresent();
    const { accept, read } = this.settings.current();
    const onScreen = this.onScreen();
    const isSeen = (key: MessageKey): boolean => isPresent && onScreen.has(key);
    return this.open()
      .flatMap(({ id, facts, unread }) => dueReceipts(id, facts, isSeen, unread))
      .filter(({ status }) => (status === 'ACCEPT' ? accept : read));
  }

  private waitForPause(): void {
    const now = Date.now();
    this.waitingSince ??= now;
    this.schedule(Math.min(RECEIPT_DELAY_MS, this.waitingSince + RECEIPT_LIMIT_MS - now));
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tellAll(), delayMs);
  }

  private async tellAll(): Promise<void> {
    this.waitingSince = null;
    let isAllTold = true;
    for (const part of this.due().flatMap(inParts)) {
      if (!(await this.isTold(part))) isAllTold = false;
    }
    if (isAllTold) this.failures = 0;
    else this.tryLater();
  }

  private tryLater(): void {
    const wait = RETRY_AFTER_MS[this.failures++];
    if (wait !== undefined) this.schedule(wait);
  }

  private async isTold({ conversationId, dialogId, status, sequenceList }: DueReceipt): Promise<boolean> {
    const prefix = `${status} ${dialogId}/`;
    const names = sequenceList.map((sequence) => `${prefix}${sequence}`);
    try {
      await this.claims.claim(names, async (free) => {
        const told = {
          dialogId,
          status,
          sequenceList: free.map((name) => Number(name.slice(prefix.length))),
        };
        const { outcome } = await this.bridge.tellReceipt(conversationId, told);
        // A dialog that has closed meanwhile owes nothing any more; its notification will say so.
        if (outcome === 'refused') throw new Error('The cloud refused the receipt');
      });
      return true;
    } catch {
      // The list of requests shows the refusal; here it only means to try again later.
      return false;
    }
  }
}

/** Thousands that came at once are told by several calls. */
function inParts({ sequenceList, ...receipt }: DueReceipt): readonly DueReceipt[] {
  const parts: DueReceipt[] = [];
  for (let from = 0; from < sequenceList.length; from += MAX_RECEIPT_SEQUENCES) {
    parts.push({ ...receipt, sequenceList: sequenceList.slice(from, from + MAX_RECEIPT_SEQUENCES) });
  }
  return parts;
}
