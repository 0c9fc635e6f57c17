import { Service, inject, signal } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import type { MessageKey } from './conversation-facts';

const STORAGE_KEY = 'seen-messages';
/** Conversations that are remembered; the oldest give way. */
const MAX_CONVERSATIONS = 200;

/** From this sequence up to and with that one. */
type Run = readonly [number, number];
/** The sequences seen, by dialog: runs in their order, none of which touches the next. */
type SeenByDialog = Readonly<Record<string, readonly Run[]>>;

/**
 * Which messages were on this browser's screen: for unread counts, also of conversations that take no READ any more. What
 * came above or below the pane was not, whatever else was seen.
 */
@Service()
export class SeenMessages {
  private readonly storage = inject(BROWSER_STORAGE);

  private readonly seen = signal<ReadonlyMap<string, SeenByDialog>>(this.restore());

  isSeen(conversationId: ConversationId, key: MessageKey): boolean {
    const [dialogId, sequence] = splitKey(key);
    return isWithin(this.seen().get(conversationId)?.[dialogId] ?? [], sequence);
  }

  note(conversationId: ConversationId, keys: Iterable<MessageKey>): void {
    const before = this.seen().get(conversationId) ?? {};
    const after: Record<string, readonly Run[]> = { ...before };
    for (const key of keys) {
      const [dialogId, sequence] = splitKey(key);
      after[dialogId] = withSequence(after[dialogId] ?? [], sequence);
    }
    if (Object.entries(after).some(([dialogId, runs]) => before[dialogId] !== runs))
      this.keep(conversationId, after);
  }

  private keep(conversationId: ConversationId, dialogs: SeenByDialog): void {
    const others = [...this.seen()].filter(([id]) => id !== conversationId);
    const kept = [...others, [conversationId, dialogs] as const].slice(-MAX_CONVERSATIONS);
    this.seen.set(new Map(kept));
    this.storage.set(STORAGE_KEY, JSON.stringify(kept));
  }

  private restore(): ReadonlyMap<string, SeenByDialog> {
    try {
      const stored: unknown = JSON.parse(this.storage.get(STORAGE_KEY) ?? '[]');
      return new Map(Array.isArray(stored) ? stored.filter(isSeenEntry) : []);
    } catch {
      // Unreadable: then everything without a READ counts as unread once more.
      return new Map();
    }
  }
}

function splitKey(key: MessageKey): readonly [string, number] {
  const slash = key.lastIndexOf('/');
  return [key.slice(0, slash), Number(key.slice(slash + 1))];
}

const isWithin = (runs: readonly Run[], sequence: number): boolean =>
  runs.some(([from, to]) => from <= sequence && sequence <= to);

/** The same runs when they have it already. */
function withSequence(runs: readonly Run[], sequence: number): readonly Run[] {
  if (isWithin(runs, sequence)) return runs;
  const touching = runs.filter(([from, to]) => from === sequence + 1 || to === sequence - 1);
  const joined: Run = [
    Math.min(sequence, ...touching.map(([from]) => from)),
    Math.max(sequence, ...touching.map(([, to]) => to)),
  ];
  return [...runs.filter((run) => !touching.includes(run)), joined].sort(([one], [other]) => one - other);
}

function isSeenEntry(entry: unknown): entry is readonly [string, SeenByDialog] {
  if (!Array.isArray(entry)) return false;
  const [id, dialogs] = entry as readonly unknown[];
  if (typeof id !== 'string' || typeof dialogs !== 'object' || dialogs === null) return false;
  return Object.values(dialogs).every((runs) => Array.isArray(runs) && runs.every(isRun));
}

const isRun = (run: unknown): run is Run =>
  Array.isArray(run) && run.length === 2 && run.every((end) => typeof end === 'number');
