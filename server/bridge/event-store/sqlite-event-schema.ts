import type { DatabaseSync } from 'node:sqlite';

import type { LogKind } from '#protocol/bridge-events';
import { asConversationId } from '#protocol/identifiers';

import { integerOf, textOf, textOrNullOf, type Row } from '../storage/rows.ts';
import type { StoredEntry } from './event-store.ts';

/**
 * Counts a notification that came again, by the new count's sequence and time, the sequence of the count so far (or `NULL`), the
 * count's delivery key and the notification's sequence. The count so far gives way to the new one, so that readers learn of it and a storm of
 * repetitions fills nothing.
 */
export const COUNT_AGAIN = `
  INSERT INTO entries (sequence, at, account, owner, conversation_id, kind, payload, delivery_key)
  SELECT ?, ?, event.account, event.owner, event.conversation_id, 'webhook-duplicate',
    json_object('kind', 'webhook-duplicate', 'original', event.sequence, 'count', 1 + coalesce((
      SELECT json_extract(earlier.payload, '$.count') FROM entries AS earlier
      WHERE earlier.sequence = ? AND json_extract(earlier.payload, '$.original') = event.sequence
    ), 0)), ?
  FROM entries AS event
  WHERE event.sequence = ? AND event.kind = 'notification'
  RETURNING sequence, at, owner, conversation_id, kind, payload`;

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

/** The first sequence that the log could give. */
export function readFirst(database: DatabaseSync): number {
  return onlyInteger(database, 'SELECT first AS n FROM log');
}

/** Sequence of the newest entry there ever was. */
export function readNewest(database: DatabaseSync): number {
  return onlyInteger(
    database,
    `SELECT max(coalesce((SELECT max(sequence) FROM entries), 0), coalesce((SELECT max(through) FROM dropped), 0),
       (SELECT first - 1 FROM log)) AS n`,
  );
}

/** The first sequence from which on entries with a delivery key may be there. */
export function readOldestKeyed(database: DatabaseSync): number {
  return onlyInteger(
    database,
    `SELECT coalesce((SELECT sequence FROM entries NOT INDEXED WHERE delivery_key IS NOT NULL
       ORDER BY sequence LIMIT 1), 0) AS n`,
  );
}

function onlyInteger(database: DatabaseSync, query: string): number {
  const row = database.prepare(query).get();
  if (row === undefined) throw new TypeError('a row without a table is always there');
  return integerOf(row, 'n');
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
