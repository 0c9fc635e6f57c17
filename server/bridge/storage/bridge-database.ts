import type { DatabaseSync } from 'node:sqlite';

import { openDatabase, type Migration, type OpenOptions } from './database.ts';
import { TRIAL_ROOM, WRITE_TRIAL } from './write-trial.ts';

/** What the bridge must remember beside the log: who is signed in, secrets (sealed), whose conversation is whose. */
const MIGRATIONS: readonly Migration[] = [
  {
    name: 'first form',
    sql: `
      CREATE TABLE sessions (
        key TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        user_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT;

      CREATE TABLE app_secrets (
        account TEXT NOT NULL,
        app_key TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (account, app_key)
      ) STRICT;

      CREATE TABLE consumer_tokens (
        account TEXT NOT NULL,
        app_key TEXT NOT NULL,
        external_id TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (account, app_key, external_id)
      ) STRICT;

      CREATE TABLE consumer_owners (
        account TEXT NOT NULL,
        consumer_id TEXT NOT NULL,
        owner TEXT NOT NULL,
        PRIMARY KEY (account, consumer_id)
      ) STRICT;

      CREATE TABLE conversation_owners (
        account TEXT NOT NULL,
        conversation_id TEXT NOT NULL,
        owner TEXT NOT NULL,
        PRIMARY KEY (account, conversation_id)
      ) STRICT;

      CREATE TABLE conversations (
        conversation_id TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        owner TEXT NOT NULL,
        app_key TEXT NOT NULL,
        consumer TEXT NOT NULL,
        options TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        closed_at INTEGER
      ) STRICT;
      CREATE INDEX conversations_by_app ON conversations (account, owner, app_key, opened_at);

      CREATE TABLE sends (
        conversation_id TEXT NOT NULL,
        client_message_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'refused', 'lost')),
        message_sequence INTEGER,
        submitted_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, client_message_id)
      ) STRICT;
    `,
  },
  {
    name: 'messages know their echo',
    sql: `
      ALTER TABLE sends ADD COLUMN content TEXT NOT NULL DEFAULT '';
      CREATE INDEX sends_by_content ON sends (conversation_id, content) WHERE state IN ('sending', 'lost');
    `,
  },
  WRITE_TRIAL,
  TRIAL_ROOM,
  {
    name: 'receipts that the log did not take',
    sql: `
      CREATE TABLE unlogged_receipts (
        conversation_id TEXT NOT NULL,
        dialog_id TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('ACCEPT', 'READ')),
        sequence INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, dialog_id, status, sequence)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    name: 'since when receipts are not in the log',
    sql: `
      ALTER TABLE unlogged_receipts ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
      UPDATE unlogged_receipts SET at = unixepoch() * 1000;
    `,
  },
  {
    name: 'whether messages had left, and what the log was not told of them',
    sql: `
      ALTER TABLE sends ADD COLUMN dialog_id TEXT NOT NULL DEFAULT '';
      ALTER TABLE sends ADD COLUMN has_left INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE sends ADD COLUMN is_told INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE sends ADD COLUMN problem TEXT;
      UPDATE sends SET dialog_id = conversation_id;
      UPDATE sends SET is_told = 0 WHERE state = 'sending';
      CREATE INDEX sends_untold ON sends (submitted_at) WHERE is_told = 0;
    `,
  },
  {
    name: 'openings without an answer',
    sql: `
      CREATE TABLE openings (
        account TEXT NOT NULL,
        owner TEXT NOT NULL,
        consumer_id TEXT NOT NULL,
        app_key TEXT NOT NULL,
        consumer TEXT NOT NULL,
        options TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        is_lost INTEGER NOT NULL DEFAULT 0,
        conversation_id TEXT,
        PRIMARY KEY (account, owner, consumer_id)
      ) STRICT;
    `,
  },
];

/** @param path A file, or `:memory:`. @throws StartError */
export function openBridgeDatabase(path: string, options: OpenOptions): DatabaseSync {
  return openDatabase(path, MIGRATIONS, options);
}
