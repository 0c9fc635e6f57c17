import type { DatabaseSync } from 'node:sqlite';

import type { ReceiptRequest } from '#protocol/bridge-api';
import { asConversationId, asDialogId, type ConversationId } from '#protocol/identifiers';

import type { Logger } from '../logging/loggers.ts';
import { integerOf, textOf, type Row } from '../storage/rows.ts';

/** Receipts of one status in one dialog. */
export interface ReceiptKey extends Omit<ReceiptRequest, 'sequenceList'> {
  readonly conversationId: ConversationId;
}

/**
 * Receipts that the cloud took and the log did not: without them a bridge that starts again would tell them again. On disk,
 * beside the log; where that disk is full, too, they are remembered until the bridge ends.
 */
export class UnloggedReceipts {
  private readonly database: DatabaseSync;
  private readonly log: Logger;
  private readonly sequences = new Map<string, Set<number>>();

  /** @param closedBefore What belongs to conversations closed before then is dropped: the log keeps nothing of them either. */
  constructor(database: DatabaseSync, log: Logger, closedBefore: number) {
    this.database = database;
    this.log = log;
    this.dropClosed(closedBefore);
    for (const row of database.prepare('SELECT * FROM unlogged_receipts').all()) {
      this.of(keyOf(row)).add(integerOf(row, 'sequence'));
    }
  }

  list(key: ReceiptKey): readonly number[] {
    return [...(this.sequences.get(nameOf(key)) ?? [])];
  }

  add(key: ReceiptKey, sequenceList: readonly number[]): void {
    for (const sequence of sequenceList) this.of(key).add(sequence);
    this.write(key, sequenceList, 'INSERT OR IGNORE INTO unlogged_receipts VALUES (?, ?, ?, ?)');
  }

  /** They are in the log now. */
  remove(key: ReceiptKey, sequenceList: readonly number[]): void {
    this.sequences.delete(nameOf(key));
    this.write(
      key,
      sequenceList,
      'DELETE FROM unlogged_receipts WHERE conversation_id = ? AND dialog_id = ? AND status = ? AND sequence = ?',
    );
  }

  private dropClosed(before: number): void {
    try {
      this.database
        .prepare(
          `DELETE FROM unlogged_receipts
           WHERE conversation_id IN (SELECT conversation_id FROM conversations WHERE closed_at < ?)`,
        )
        .run(before);
    } catch (error) {
      this.log.error({ err: error }, 'receipts of closed conversations could not be dropped');
    }
  }

  private of(key: ReceiptKey): Set<number> {
    const known = this.sequences.get(nameOf(key)) ?? new Set();
    this.sequences.set(nameOf(key), known);
    return known;
  }

  private write(key: ReceiptKey, sequenceList: readonly number[], sql: string): void {
    try {
      const statement = this.database.prepare(sql);
      for (const sequence of sequenceList) {
        statement.run(key.conversationId, key.dialogId, key.status, sequence);
      }
    } catch (error) {
      this.log.error({ err: error }, 'what became of a receipt could not be stored');
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
