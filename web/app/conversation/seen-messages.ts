import { Service, inject, signal } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import type { MessageKey } from './conversation-facts';

const STORAGE_KEY = 'seen-messages';
/** Conversations that are remembered; the oldest give way. */
const MAX_CONVERSATIONS = 200;

/** Highest sequence seen, by dialog. */
type SeenByDialog = Readonly<Record<string, number>>;

/** Which messages were on this browser's screen: for unread counts, also of conversations that take no READ any more. */
@Service()
export class SeenMessages {
  private readonly storage = inject(BROWSER_STORAGE);

  private readonly seen = signal<ReadonlyMap<string, SeenByDialog>>(this.restore());

  isSeen(conversationId: ConversationId, key: MessageKey): boolean {
    const [dialogId, sequence] = splitKey(key);
    return sequence <= (this.seen().get(conversationId)?.[dialogId] ?? -1);
  }

  note(conversationId: ConversationId, keys: Iterable<MessageKey>): void {
    const before = this.seen().get(conversationId) ?? {};
    const after: Record<string, number> = { ...before };
    for (const key of keys) {
      const [dialogId, sequence] = splitKey(key);
      after[dialogId] = Math.max(after[dialogId] ?? -1, sequence);
    }
    const isChanged = Object.entries(after).some(([dialogId, sequence]) => before[dialogId] !== sequence);
    if (isChanged) this.keep(conversationId, after);
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

function isSeenEntry(entry: unknown): entry is readonly [string, SeenByDialog] {
  if (!Array.isArray(entry)) return false;
  const [id, dialogs] = entry as readonly unknown[];
  if (typeof id !== 'string' || typeof dialogs !== 'object' || dialogs === null) return false;
  return Object.values(dialogs).every((sequence) => typeof sequence === 'number');
}
