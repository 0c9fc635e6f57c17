import type { DatabaseSync } from 'node:sqlite';

import { asAccountId, asConversationId, asUserId, type ConversationId } from '#protocol/identifiers';

import type { Audience } from '../event-store/event-store.ts';
import { integerOrNullOf, textOf, type Row } from '../storage/rows.ts';

/** `refused`: surely not published. `lost`: nobody knows. */
export type SendState = 'sending' | 'sent' | 'refused' | 'lost';

/** Names one message for ever, whoever sends it how often. */
export interface SendKey {
  readonly conversationId: ConversationId;
  readonly clientMessageId: string;
}

export interface SentContent {
  /** Of the whole request. */
  readonly fingerprint: string;
  /** Of what its echo has in common with it. */
  readonly content: string;
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
        `INSERT INTO sends (conversation_id, client_message_id, fingerprint, content, state, submitted_at)
         VALUES (?, ?, ?, ?, 'sending', ?)
         ON CONFLICT (conversation_id, client_message_id) DO UPDATE SET state = 'sending'`,
      )
      .run(conversationId, clientMessageId, sent.fingerprint, sent.content, at);
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
           AND submitted_at <= ?
         ORDER BY state = 'sending' DESC, submitted_at LIMIT 1`,
      )
      .get(conversationId, content, submittedBefore);
    if (row === undefined) return null;
    const key = { conversationId, clientMessageId: textOf(row, 'client_message_id') };
    const isLost = row['state'] === 'lost';
    this.database
      .prepare(
        'UPDATE sends SET state = ?, message_sequence = ? WHERE conversation_id = ? AND client_message_id = ?',
      )
      .run(isLost ? 'sent' : 'sending', messageSequence, conversationId, key.clientMessageId);
    return isLost ? key : null;
  }

  settle(
    { conversationId, clientMessageId }: SendKey,
    state: Exclude<SendState, 'sending'>,
    messageSequence: number | null,
  ): void {
    this.database
      .prepare(
        'UPDATE sends SET state = ?, message_sequence = ? WHERE conversation_id = ? AND client_message_id = ?',
      )
      .run(state, messageSequence, conversationId, clientMessageId);
  }

  /** Messages that were on their way when the bridge died, and whose they are. */
  unsettled(): readonly (SendKey & Audience)[] {
    return this.database
      .prepare(
        `SELECT conversation_id, client_message_id, account, owner
         FROM sends JOIN conversations USING (conversation_id) WHERE state = 'sending'`,
      )
      .all()
      .map((row) => ({
        conversationId: asConversationId(textOf(row, 'conversation_id')),
        clientMessageId: textOf(row, 'client_message_id'),
        account: asAccountId(textOf(row, 'account')),
        owner: asUserId(textOf(row, 'owner')),
      }));
  }

  private isTaken(conversationId: ConversationId, messageSequence: number): boolean {
    const row = this.database
      .prepare('SELECT 1 AS found FROM sends WHERE conversation_id = ? AND message_sequence = ?')
      .get(conversationId, messageSequence);
    return row !== undefined;
  }
}

const STATES: readonly SendState[] = ['sending', 'sent', 'refused', 'lost'];

function toRecord(row: Row): SendRecord {
  const state = STATES.find((candidate) => candidate === row['state']);
  if (state === undefined) throw new TypeError('a message has an unknown state');
  return {
    conversationId: asConversationId(textOf(row, 'conversation_id')),
    clientMessageId: textOf(row, 'client_message_id'),
    fingerprint: textOf(row, 'fingerprint'),
    state,
    messageSequence: integerOrNullOf(row, 'message_sequence'),
  };
}
