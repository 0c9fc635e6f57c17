import type { DatabaseSync } from 'node:sqlite';

import type { ReceiptRequest } from '#protocol/bridge-api';
import { asConversationId, asDialogId, type ConversationId } from '#protocol/identifiers';

import type { Logger } from '../logging/loggers.ts';
import { integerOf, textOf, type Row } from '../storage/rows.ts';

/** Receipts of one status in one dialog. */
export interface ReceiptKey extends Omit<ReceiptRequest, 'sequenceList'> {
  readonly conversationId: ConversationId;
}

export interface UnloggedReceiptsDeps {
  readonly database: DatabaseSync;
  readonly log: Logger;
  readonly now: () => number;
  /** Older ones are dropped at a start: the log would have dropped them, too. */
  readonly maxAgeMs: number;
  /** Beyond it, those of the dialog that has waited for longest are dropped. */
  readonly most?: number;
}

/** What a log that takes nothing for a day leaves behind. */
const MOST_RECEIPTS = 20_000;

interface Waiting {
  readonly key: ReceiptKey;
  readonly sequences: Set<number>;
}

/**
 * Receipts that the cloud took and the log did not: without them a bridge that starts again would tell them again. On disk,
 * beside the log; where that disk is full, too, they are remembered until the bridge ends. One that is dropped is told twice at
 * worst.
 */
export class UnloggedReceipts {
  private readonly deps: UnloggedReceiptsDeps;
  /** By age of the oldest in each, the oldest first. */
  private readonly waiting = new Map<string, Waiting>();
  private size = 0;

  constructor(deps: UnloggedReceiptsDeps) {
    this.deps = deps;
    this.dropOld();
    const rows = deps.database.prepare('SELECT * FROM unlogged_receipts ORDER BY at').all();
    for (const row of rows) this.remember(keyOf(row), integerOf(row, 'sequence'));
    this.dropBeyondMost();
  }

  list(key: ReceiptKey): readonly number[] {
    return [...(this.waiting.get(nameOf(key))?.sequences ?? [])];
  }

  add(key: ReceiptKey, sequenceList: readonly number[]): void {
    for (const sequence of sequenceList) this.remember(key, sequence);
    const at = this.deps.now();
    this.write('INSERT OR IGNORE INTO unlogged_receipts VALUES (?, ?, ?, ?, ?)', key, sequenceList, at);
    this.dropBeyondMost();
  }

  /** They are in the log now. */
  remove(key: ReceiptKey, sequenceList: readonly number[]): void {
    this.size -= this.waiting.get(nameOf(key))?.sequences.size ?? 0;
    this.waiting.delete(nameOf(key));
    this.write(
      'DELETE FROM unlogged_receipts WHERE conversation_id = ? AND dialog_id = ? AND status = ? AND sequence = ?',
      key,
      sequenceList,
    );
  }

  private dropOld(): void {
    const { database, log, now, maxAgeMs } = this.deps;
    try {
      database.prepare('DELETE FROM unlogged_receipts WHERE at < ?').run(now() - maxAgeMs);
    } catch (error) {
      log.error({ err: error }, 'old receipts could not be dropped');
    }
  }

  private dropBeyondMost(): void {
    const { most = MOST_RECEIPTS } = this.deps;
    for (const { key, sequences } of this.waiting.values()) {
      if (this.size <= most) return;
      this.remove(key, [...sequences]);
    }
  }

  private remember(key: ReceiptKey, sequence: number): void {
    const known = this.waiting.get(nameOf(key)) ?? { key, sequences: new Set() };
    this.waiting.set(nameOf(key), known);
    this.size -= known.sequences.size;
    this.size += known.sequences.add(sequence).size;
  }

  private write(
    sql: string,
    { conversationId, dialogId, status }: ReceiptKey,
    sequenceList: readonly number[],
    ...more: readonly number[]
  ): void {
    const { database, log } = this.deps;
    try {
      const statement = database.prepare(sql);
      for (const sequence of sequenceList) statement.run(conversationId, dialogId, status, sequence, ...more);
    } catch (error) {
      log.error({ err: error }, 'what became of a receipt could not be stored');
    }
  }
}

const nameOf = ({ conversationId, dialogId, status }: ReceiptKey): string =>
  JSON.stringify([conversationId, dialogId, status]);

const keyOf = (row: Row): ReceiptKey => ({
  conversationId: asConversationId(textOf(row, 'conversation_id')),
  dialogId: asDialogId(textOf(row, 'dialog_id')),
  // The table's own rule lets nothing else in.
  status: textOf(row, 'status') === 'READ' ? 'READ' : 'ACCEPT',
});
