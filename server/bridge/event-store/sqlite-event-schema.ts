import type { DatabaseSync } from 'node:sqlite';

import type { LogKind } from '#protocol/bridge-events';
import { asConversationId } from '#protocol/identifiers';

import type { Migration } from '../storage/database.ts';
import { integerOf, integerOrNullOf, textOf, textOrNullOf, type Row } from '../storage/rows.ts';
import { TRIAL_ROOM, WRITE_TRIAL } from '../storage/write-trial.ts';
import type { LogBounds, StoredEntry } from './event-store.ts';

/**
 * @param createdAt A new log counts from its creation time on, so that a cursor of a log that is gone (the folder was
 * emptied) is below the first entry of the new one and is recognised.
 */
export function eventMigrations(createdAt: number): readonly Migration[] {
  return [
    {
      name: 'first form',
      sql: `
        CREATE TABLE entries (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          account TEXT NOT NULL,
          owner TEXT,
          conversation_id TEXT,
          kind TEXT NOT NULL,
          payload TEXT NOT NULL,
          delivery_key TEXT
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq) VALUES ('entries', ${Math.trunc(createdAt)});
        CREATE INDEX entries_by_account ON entries (account, sequence);
        CREATE UNIQUE INDEX entries_by_delivery ON entries (account, delivery_key)
          WHERE delivery_key IS NOT NULL;
        CREATE INDEX refusals_by_account ON entries (account, sequence) WHERE kind = 'notification-refused';

        CREATE TABLE log (first INTEGER NOT NULL) STRICT;
        INSERT INTO log VALUES (${Math.trunc(createdAt) + 1});

        CREATE TABLE dropped (account TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT;
      `,
    },
    WRITE_TRIAL,
    TRIAL_ROOM,
  ];
}

/**
 * Counts a notification that came again, by time, account and delivery key. The entry that held the count so far gives way
 * to one with a new sequence, so that readers learn of it and a storm of repetitions fills nothing.
 */
export const COUNT_AGAIN = `
  INSERT OR REPLACE INTO entries (at, account, owner, conversation_id, kind, payload, delivery_key)
  SELECT ?, event.account, event.owner, event.conversation_id, 'webhook-duplicate',
    json_object('kind', 'webhook-duplicate', 'original', event.sequence, 'count', 1 + coalesce((
      SELECT json_extract(earlier.payload, '$.count') FROM entries AS earlier
      WHERE earlier.account = event.account AND earlier.delivery_key = 'again/' || event.delivery_key
        AND json_extract(earlier.payload, '$.original') = event.sequence
    ), 0)), 'again/' || event.delivery_key
  FROM entries AS event
  WHERE event.account = ? AND event.delivery_key = ? AND event.kind = 'notification'`;

export function toStoredEntry(row: Row): StoredEntry {
  const conversationId = textOrNullOf(row, 'conversation_id');
  return {
    sequence: integerOf(row, 'sequence'),
    at: integerOf(row, 'at'),
    conversationId: conversationId === null ? null : asConversationId(conversationId),
    kind: toLogKind(textOf(row, 'kind')),
    payloadJson: textOf(row, 'payload'),
  };
}

/** Sequence of the newest entry there ever was. */
export function readNewest(database: DatabaseSync): number {
  const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").get();
  return row === undefined ? 0 : integerOf(row, 'seq');
}

/** The bounds of an account's log. */
export const BOUNDS = `
  SELECT
    (SELECT first FROM log) AS first,
    (SELECT through FROM dropped WHERE account = ?) AS through,
    (SELECT seq FROM sqlite_sequence WHERE name = 'entries') AS newest`;

export function toBounds(row: Row | undefined): LogBounds {
  if (row === undefined) throw new TypeError('a row without a table is always there');
  return {
    first: integerOf(row, 'first'),
    droppedThrough: integerOrNullOf(row, 'through') ?? 0,
    newest: integerOf(row, 'newest'),
  };
}

const LOG_KINDS: Readonly<Record<LogKind, true>> = {
  'conversation-opened': true,
  'message-submitted': true,
  'message-sent': true,
  'message-failed': true,
  'event-published': true,
  notification: true,
  'notification-refused': true,
  'webhook-duplicate': true,
  exchange: true,
};

const isLogKind = (kind: string): kind is LogKind => Object.hasOwn(LOG_KINDS, kind);

function toLogKind(kind: string): LogKind {
  if (isLogKind(kind)) return kind;
  throw new TypeError(`the log holds an entry of unknown kind ${kind}`);
}
