import type { DatabaseSync } from 'node:sqlite';

import type { ConversationOptions } from '#protocol/bridge-api';
import type { ConsumerIdentity } from '#protocol/bridge-events';
import {
  asAccountId,
  asAppKey,
  asConversationId,
  asUserId,
  type AppKey,
  type ConversationId,
} from '#protocol/identifiers';
import { UNCERTAIN_CODES } from '#protocol/problem';
import { isConversationChange, type NotificationChange } from '#protocol/webhook-notification';

import { BridgeError } from '../errors/bridge-error.ts';
import type { Audience, EventStore } from '../event-store/event-store.ts';
import type { Logger } from '../logging/loggers.ts';
import { integerOf, textOf, textOrNullOf, type Row } from '../storage/rows.ts';
import { consumerOf } from '../webhooks/notification-owner.ts';
import type { ConversationRegistry } from './conversation-registry.ts';

/** A conversation that the cloud is asked for. */
export interface Opening {
  readonly audience: Audience;
  readonly appKey: AppKey;
  readonly consumer: ConsumerIdentity;
  readonly options: ConversationOptions;
  /** Epoch milliseconds. */
  readonly askedAt: number;
}

export interface OpeningsDeps {
  readonly database: DatabaseSync;
  readonly registry: Pick<ConversationRegistry, 'add'>;
  readonly store: EventStore;
  readonly log: Logger;
}

/** So far may the cloud's clock be behind this machine's. */
const CLOCKS_DIFFER_MS = 5_000;
const OF = 'account = ? AND owner = ? AND consumer_id = ?';

/**
 * Openings without an answer, on disk. The cloud may have opened the conversation all the same, and its consumer can have no
 * other: the notification of it proves that, and names it.
 */
export class Openings {
  private readonly deps: OpeningsDeps;

  constructor(deps: OpeningsDeps) {
    this.deps = deps;
  }

  /** Asks the cloud, and remembers the question for as long as nobody knows what became of it. */
  async run<Result>(opening: Opening, ask: () => Promise<Result>): Promise<Result> {
    this.write(opening, 'DO NOTHING');
    try {
      return await ask();
    } catch (error) {
      if (isUncertain(error)) await this.lose(opening);
      // What an earlier question left open stays so: that the consumer has a conversation may be its outcome.
      else this.change(`DELETE FROM openings WHERE ${OF} AND is_lost = 0`, opening);
      throw error;
    }
  }

  /** The conversation has its place here. */
  end(opening: Pick<Opening, 'audience' | 'consumer'>): void {
    this.change(`DELETE FROM openings WHERE ${OF}`, opening);
  }

  /** Called with each change of a webhook, after it was stored. */
  async note({ account, owner }: Audience, change: NotificationChange): Promise<void> {
    if (!isConversationChange(change)) return;
    const { convId, conversationDetails } = change.result;
    const consumerId = consumerOf(change);
    if (consumerId === null || conversationDetails.stage !== 'OPEN') return;
    const startedAt = conversationDetails.startTs ?? Number.MAX_SAFE_INTEGER - CLOCKS_DIFFER_MS;
    const row = this.deps.database
      .prepare(`UPDATE openings SET conversation_id = ? WHERE ${OF} AND asked_at <= ? RETURNING *`)
      .get(convId, account, owner, consumerId, startedAt + CLOCKS_DIFFER_MS);
    if (row?.['is_lost'] === 1) await this.adopt(toOpening(row), convId);
  }

  /** Called at start: whatever waits for an answer gets none any more. */
  async recover(): Promise<void> {
    const rows = this.deps.database.prepare('SELECT * FROM openings').all();
    for (const row of rows) await this.lose(toOpening(row));
  }

  private async lose(opening: Opening): Promise<void> {
    this.write(opening, 'DO UPDATE SET is_lost = 1');
    const { account, owner } = opening.audience;
    const row = this.deps.database
      .prepare(`UPDATE openings SET is_lost = 1 WHERE ${OF} RETURNING conversation_id`)
      .get(account, owner, opening.consumer.consumerId);
    const seen = row === undefined ? null : textOrNullOf(row, 'conversation_id');
    if (seen !== null) await this.adopt(opening, asConversationId(seen));
  }

  private async adopt(
    { audience, appKey, consumer, options, askedAt }: Opening,
    conversationId: ConversationId,
  ): Promise<void> {
    this.deps.registry.add(audience, { conversationId, appKey, consumer, options, openedAt: askedAt });
    const payload = { kind: 'conversation-opened', appKey, consumer, options } as const;
    const deliveryKey = `opened/${conversationId}`;
    await this.deps.store.append([{ ...audience, conversationId, payload, deliveryKey }]);
    this.end({ audience, consumer });
    this.deps.log.info(
      { conversationId },
      'a conversation whose opening had no answer was found by its notification',
    );
  }

  private write({ audience, appKey, consumer, options, askedAt }: Opening, onConflict: string): void {
    const { account, owner } = audience;
    this.deps.database
      .prepare(
        `INSERT INTO openings (account, owner, consumer_id, app_key, consumer, options, asked_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ${onConflict}`,
      )
      .run(
        ...[account, owner, consumer.consumerId, appKey],
        ...[JSON.stringify(consumer), JSON.stringify(options), askedAt],
      );
  }

  private change(sql: string, { audience, consumer }: Pick<Opening, 'audience' | 'consumer'>): void {
    this.deps.database.prepare(sql).run(audience.account, audience.owner, consumer.consumerId);
  }
}

const isUncertain = (error: unknown): boolean =>
  !(error instanceof BridgeError) || UNCERTAIN_CODES.has(error.code);

const toOpening = (row: Row): Opening => ({
  audience: { account: asAccountId(textOf(row, 'account')), owner: asUserId(textOf(row, 'owner')) },
  appKey: asAppKey(textOf(row, 'app_key')),
  // Written by `write` and by nobody else.
  consumer: JSON.parse(textOf(row, 'consumer')) as ConsumerIdentity,
  options: JSON.parse(textOf(row, 'options')) as ConversationOptions,
  askedAt: integerOf(row, 'asked_at'),
});
