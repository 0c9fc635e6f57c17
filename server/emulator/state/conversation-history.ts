import type { ConsumerId, ConversationId } from '#protocol/identifiers';

import { newRecord, recordOccurrence } from './conversation-record.ts';
import type { ConversationRecord } from './conversation-record.ts';
import type { Occurrence } from './conversations.ts';

export interface HistoryLimits {
  readonly mostConversations: number;
  /** Of all messages and statuses together, counted in characters of their JSON. */
  readonly mostCharacters: number;
}

export const DEFAULT_HISTORY_LIMITS: HistoryLimits = { mostConversations: 5000, mostCharacters: 64_000_000 };

/** A message's or status's own share beside its event. */
const OVERHEAD = 200;

/**
 * What was said and done in an account's conversations, open and closed. Beyond its limits it forgets the conversations
 * that have been still for longest, and within a single one the oldest messages. @see PROTOCOL.md §9
 */
export class ConversationHistory {
  /** The one that has been still for longest comes first. */
  private readonly records = new Map<ConversationId, { record: ConversationRecord; characters: number }>();
  private readonly consumers = new Map<ConsumerId, number>();
  private readonly limits: HistoryLimits;
  private totalCharacters = 0;

  constructor(limits: HistoryLimits = DEFAULT_HISTORY_LIMITS) {
    this.limits = limits;
  }

  get(id: ConversationId): ConversationRecord | null {
    return this.records.get(id)?.record ?? null;
  }

  list(): readonly ConversationRecord[] {
    return [...this.records.values()].map(({ record }) => record);
  }

  /** Listens to what happens. */
  note(occurrence: Occurrence): void {
    const { conversation } = occurrence;
    const kept = this.records.get(conversation.id) ?? this.begin(occurrence);
    // Set anew, it is the last one in the order.
    this.records.delete(conversation.id);
    this.records.set(conversation.id, kept);
    recordOccurrence(kept.record, occurrence);
    const characters = charactersOf(occurrence);
    kept.characters += characters;
    this.totalCharacters += characters;
    this.makeRoom();
  }

  /** Puts these in the place of all, the one that has been still for longest first. */
  restore(records: readonly ConversationRecord[]): void {
    this.clear();
    for (const record of records) {
      const { consumerId } = record.conversation;
      const characters = record.messages.reduce((sum, { event }) => sum + sizeOf(event), 0);
      this.consumers.set(consumerId, (this.consumers.get(consumerId) ?? 0) + 1);
      this.records.set(record.id, { record, characters });
      this.totalCharacters += characters;
    }
    this.makeRoom();
  }

  /** Forgets everything. */
  clear(): void {
    this.records.clear();
    this.consumers.clear();
    this.totalCharacters = 0;
  }

  private begin(occurrence: Occurrence): { record: ConversationRecord; characters: number } {
    const { consumerId } = occurrence.conversation;
    const before = this.consumers.get(consumerId) ?? 0;
    this.consumers.set(consumerId, before + 1);
    return { record: newRecord(occurrence, before === 0), characters: 0 };
  }

  private makeRoom(): void {
    for (const [id, kept] of this.records) {
      if (!this.isTooFull()) return;
      if (this.records.size === 1) this.shorten(kept);
      else this.forget(id, kept);
    }
  }

  private isTooFull(): boolean {
    const { mostConversations, mostCharacters } = this.limits;
    return this.records.size > mostConversations || this.totalCharacters > mostCharacters;
  }

  private forget(
    id: ConversationId,
    { record, characters }: { record: ConversationRecord; characters: number },
  ): void {
    const { consumerId } = record.conversation;
    const others = (this.consumers.get(consumerId) ?? 1) - 1;
    if (others > 0) this.consumers.set(consumerId, others);
    else this.consumers.delete(consumerId);
    this.records.delete(id);
    this.totalCharacters -= characters;
  }

  /** Halves what is kept of the only conversation. */
  private shorten(kept: { record: ConversationRecord; characters: number }): void {
    const { messages, statuses } = kept.record;
    messages.splice(0, Math.ceil(messages.length / 2));
    statuses.splice(0, Math.ceil(statuses.length / 2));
    kept.record.isPartial = true;
    this.totalCharacters = Math.floor(this.totalCharacters / 2);
    kept.characters = this.totalCharacters;
  }
}

function charactersOf({ notifications }: Occurrence): number {
  return notifications.reduce((sum, { change }) => sum + ('event' in change ? sizeOf(change.event) : 0), 0);
}

const sizeOf = (event: object): number => JSON.stringify(event).length + OVERHEAD;
