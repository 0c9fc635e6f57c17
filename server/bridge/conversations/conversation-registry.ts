import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { ConversationOptions, ConversationView } from '#protocol/bridge-api';
import type { ConsumerIdentity } from '#protocol/bridge-events';
import {
  asAppKey,
  asConversationId,
  asUserId,
  type AccountId,
  type AppKey,
  type ConsumerId,
  type ConversationId,
  type UserId,
} from '#protocol/identifiers';

import type { Audience } from '../event-store/event-store.ts';
import { inTransaction } from '../storage/database.ts';
import { integerOf, textOf, type Row } from '../storage/rows.ts';

/** Which conversation and which consumer is whose, on disk: after a restart a webhook still finds its owner. */
export class ConversationRegistry {
  private readonly database: DatabaseSync;
  private readonly consumerOwner: StatementSync;
  private readonly conversationOwner: StatementSync;
  /** Asked for with every webhook. `null`: nobody's, until somebody claims it. */
  private readonly knownOwners = new Map<string, UserId | null>();

  constructor(database: DatabaseSync) {
    this.database = database;
    this.consumerOwner = database.prepare(
      'SELECT owner FROM consumer_owners WHERE account = ? AND consumer_id = ?',
    );
    this.conversationOwner = database.prepare(
      'SELECT owner FROM conversation_owners WHERE account = ? AND conversation_id = ?',
    );
  }

  /** Called before a conversation is opened, so that webhooks that overtake its answer find their owner. */
  registerConsumer({ account, owner }: Audience, consumerId: ConsumerId): void {
    this.database
      .prepare(
        `INSERT INTO consumer_owners (account, consumer_id, owner) VALUES (?, ?, ?)
         ON CONFLICT (account, consumer_id) DO UPDATE SET owner = excluded.owner`,
      )
      .run(account, consumerId, owner);
  }

  ownerOfConsumer(account: AccountId, consumerId: string): UserId | null {
    const row = this.consumerOwner.get(account, consumerId);
    return row === undefined ? null : asUserId(textOf(row, 'owner'));
  }

  /** The first who claims a conversation owns it, until somebody proves to have opened it. */
  claim({ account, owner }: Audience, conversationId: ConversationId): void {
    this.database
      .prepare(
        `INSERT INTO conversation_owners (account, conversation_id, owner) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(account, conversationId, owner);
    this.knownOwners.delete(keyOf(account, conversationId));
  }

  ownerOfConversation(account: AccountId, conversationId: ConversationId): UserId | null {
    const key = keyOf(account, conversationId);
    const known = this.knownOwners.get(key);
    if (known !== undefined) return known;
    const row = this.conversationOwner.get(account, conversationId);
    const owner = row === undefined ? null : asUserId(textOf(row, 'owner'));
    if (this.knownOwners.size >= MOST_KNOWN) this.knownOwners.clear();
    this.knownOwners.set(key, owner);
    return owner;
  }

  /** Whoever opened a conversation owns it, whoever its first event seemed to be for. */
  add(audience: Audience, view: ConversationView): void {
    const { account, owner } = audience;
    inTransaction(this.database, () => {
      this.database
        .prepare(
          `INSERT INTO conversation_owners (account, conversation_id, owner) VALUES (?, ?, ?)
           ON CONFLICT (account, conversation_id) DO UPDATE SET owner = excluded.owner`,
        )
        .run(account, view.conversationId, owner);
      this.knownOwners.delete(keyOf(account, view.conversationId));
      this.database
        .prepare(
          `INSERT INTO conversations (conversation_id, account, owner, app_key, consumer, options, opened_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(
          view.conversationId,
          account,
          owner,
          view.appKey,
          JSON.stringify(view.consumer),
          JSON.stringify(view.options),
          view.openedAt,
        );
    });
  }

  /** A conversation of this person; `null` when there is none. */
  find({ account, owner }: Audience, conversationId: ConversationId): ConversationView | null {
    const row = this.database
      .prepare('SELECT * FROM conversations WHERE conversation_id = ? AND account = ? AND owner = ?')
      .get(conversationId, account, owner);
    return row === undefined ? null : toView(row);
  }

  /** The person's conversations, newest first. */
  list({ account, owner }: Audience, appKey: AppKey | null): readonly ConversationView[] {
    return this.database
      .prepare(
        `SELECT * FROM conversations WHERE account = ? AND owner = ? AND app_key = coalesce(?, app_key)
         ORDER BY opened_at DESC LIMIT 500`,
      )
      .all(account, owner, appKey)
      .map(toView);
  }

  markClosed(account: AccountId, conversationId: ConversationId, at: number): void {
    this.database
      .prepare(
        'UPDATE conversations SET closed_at = coalesce(closed_at, ?) WHERE conversation_id = ? AND account = ?',
      )
      .run(at, conversationId, account);
  }

  isClosed(conversationId: ConversationId): boolean {
    const row = this.database
      .prepare('SELECT 1 AS found FROM conversations WHERE conversation_id = ? AND closed_at IS NOT NULL')
      .get(conversationId);
    return row !== undefined;
  }
}

/** More conversations than this are not active at one time. */
const MOST_KNOWN = 10_000;

/** The length tells where the one ends and the other begins. */
const keyOf = (account: AccountId, conversationId: ConversationId): string =>
  `${account.length}/${account}${conversationId}`;

function toView(row: Row): ConversationView {
  // Written by `add` and by nobody else.
  const consumer = JSON.parse(textOf(row, 'consumer')) as ConsumerIdentity;
  const options = JSON.parse(textOf(row, 'options')) as ConversationOptions;
  return {
    conversationId: asConversationId(textOf(row, 'conversation_id')),
    appKey: asAppKey(textOf(row, 'app_key')),
    consumer,
    options,
    openedAt: integerOf(row, 'opened_at'),
  };
}
