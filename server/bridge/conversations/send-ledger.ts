import type { DatabaseSync } from 'node:sqlite';

import {
  asAccountId,
  asConversationId,
  asDialogId,
  asUserId,
  type ConversationId,
  type DialogId,
} from '#protocol/identifiers';
import type { Problem } from '#protocol/problem';

import type { Audience } from '../event-store/event-store.ts';
import { integerOf, integerOrNullOf, textOf, textOrNullOf, type Row } from '../storage/rows.ts';

/** `refused`: surely not published. `lost`: nobody knows. */
export type SendState = 'sending' | 'sent' | 'refused' | 'lost';

/** Names one message for ever, whoever sends it how often. */
export interface SendKey {
  readonly conversationId: ConversationId;
  readonly clientMessageId: string;
}

export interface SentContent {
  readonly dialogId: DialogId;
  /** Of the whole request. */
  readonly fingerprint: string;
  /** Of what its echo has in common with it. */
  readonly content: string;
}

/** What became of a message. */
export type Settlement =
  | { readonly state: 'sent'; readonly messageSequence: number }
  | { readonly state: 'refused' | 'lost'; readonly problem: Problem };

/** A message of which the log does not know what became, and whose it is. */
export interface UntoldSend extends SendKey, Audience {
  readonly dialogId: DialogId;
  readonly state: SendState;
  readonly messageSequence: number | null;
  /** Whether the call that publishes it was made. */
  readonly hasLeft: boolean;
  readonly problem: Problem | null;
}

/** A message of the consumer that the cloud tells of. */
export interface Echo {
  readonly conversationId: ConversationId;
  /** As in {@link SentContent}. */
  readonly content: string;
  readonly messageSequence: number;
  /** What was handed over later cannot be it; epoch milliseconds. */
  readonly submittedBefore: number;
}

export interface SendRecord extends SendKey {
  /** Of what was sent, so that an id cannot be used for another message. */
  readonly fingerprint: string;
  readonly state: SendState;
  readonly messageSequence: number | null;
}

/** What became of every message, on disk, so that none is published twice. */
export class SendLedger {
  private readonly database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  find({ conversationId, clientMessageId }: SendKey): SendRecord | null {
    const row = this.database
      .prepare('SELECT * FROM sends WHERE conversation_id = ? AND client_message_id = ?')
      .get(conversationId, clientMessageId);
    return row === undefined ? null : toRecord(row);
  }

  /** Written before the message leaves. */
  begin({ conversationId, clientMessageId }: SendKey, sent: SentContent, at: number): void {
    this.database
      .prepare(
        `INSERT INTO sends
           (conversation_id, client_message_id, dialog_id, fingerprint, content, state, submitted_at, has_left, is_told)
         VALUES (?, ?, ?, ?, ?, 'sending', ?, 0, 0)
         ON CONFLICT (conversation_id, client_message_id)
         DO UPDATE SET state = 'sending', has_left = 0, is_told = 0, problem = NULL`,
      )
      .run(conversationId, clientMessageId, sent.dialogId, sent.fingerprint, sent.content, at);
  }

  /** Written in the moment in which the call that publishes it is made: from now on it may have arrived. */
  markLeft(key: SendKey): void {
    this.set(key, 'has_left = 1');
  }

  /** The log knows what became of it. */
  markTold(key: SendKey): void {
    this.set(key, 'is_told = 1');
  }

  /**
   * Takes note of the echo of a message: it proves that the message arrived, and as what. Gives the message when its
   * answer was lost and it is settled by this; one that still waits for its answer keeps the echo for the case.
   */
  noteEcho({ conversationId, content, messageSequence, submittedBefore }: Echo): SendKey | null {
    if (this.isTaken(conversationId, messageSequence)) return null;
    // One on its way comes first: its echo must not settle an older message with the same text that never arrived.
    const row = this.database
      .prepare(
        `SELECT client_message_id, state FROM sends
         WHERE conversation_id = ? AND content = ? AND state IN ('sending', 'lost') AND message_sequence IS NULL
           AND submitted_at <= ? AND has_left = 1
         ORDER BY state = 'sending' DESC, submitted_at LIMIT 1`,
      )
      .get(conversationId, content, submittedBefore);
    if (row === undefined) return null;
    const key = { conversationId, clientMessageId: textOf(row, 'client_message_id') };
    const isLost = row['state'] === 'lost';
    this.database
      .prepare(
        `UPDATE sends SET state = ?, message_sequence = ?, is_told = 0
         WHERE conversation_id = ? AND client_message_id = ?`,
      )
      .run(isLost ? 'sent' : 'sending', messageSequence, conversationId, key.clientMessageId);
    return isLost ? key : null;
  }

  /** What became of it; the log is to be told. */
  settle({ conversationId, clientMessageId }: SendKey, settlement: Settlement): void {
    const messageSequence = settlement.state === 'sent' ? settlement.messageSequence : null;
    const problem = settlement.state === 'sent' ? null : JSON.stringify(settlement.problem);
    this.database
      .prepare(
        `UPDATE sends SET state = ?, message_sequence = ?, problem = ?, is_told = 0
         WHERE conversation_id = ? AND client_message_id = ?`,
      )
      .run(settlement.state, messageSequence, problem, conversationId, clientMessageId);
  }

  /** Messages that were on their way when the bridge died, and those whose end the log was not told, the oldest first. */
  untold(): readonly UntoldSend[] {
    return this.database
      .prepare(
        `SELECT sends.*, account, owner FROM sends JOIN conversations USING (conversation_id)
         WHERE is_told = 0 ORDER BY submitted_at`,
      )
      .all()
      .map(toUntold);
  }

  private set({ conversationId, clientMessageId }: SendKey, change: string): void {
    this.database
      .prepare(`UPDATE sends SET ${change} WHERE conversation_id = ? AND client_message_id = ?`)
      .run(conversationId, clientMessageId);
  }

  private isTaken(conversationId: ConversationId, messageSequence: number): boolean {
    const row = this.database
      .prepare('SELECT 1 AS found FROM sends WHERE conversation_id = ? AND message_sequence = ?')
      .get(conversationId, messageSequence);
    return row !== undefined;
  }
}

const STATES: readonly SendState[] = ['sending', 'sent', 'refused', 'lost'];

function stateOf(row: Row): SendState {
  const state = STATES.find((candidate) => candidate === row['state']);
  if (state === undefined) throw new TypeError('a message has an unknown state');
  return state;
}

function toRecord(row: Row): SendRecord {
  return {
    conversationId: asConversationId(textOf(row, 'conversation_id')),
    clientMessageId: textOf(row, 'client_message_id'),
    fingerprint: textOf(row, 'fingerprint'),
    state: stateOf(row),
    messageSequence: integerOrNullOf(row, 'message_sequence'),
  };
}

function toUntold(row: Row): UntoldSend {
  const problem = textOrNullOf(row, 'problem');
  return {
    ...toRecord(row),
    dialogId: asDialogId(textOf(row, 'dialog_id')),
    hasLeft: integerOf(row, 'has_left') === 1,
    // Written by `settle` and by nobody else.
    problem: problem === null ? null : (JSON.parse(problem) as Problem),
    account: asAccountId(textOf(row, 'account')),
    owner: asUserId(textOf(row, 'owner')),
  };
}
