import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import type { ConversationHistory } from '#protocol/bridge-api';
import type { LogEntry, LogKind } from '#protocol/bridge-events';
import type { AppKey, ConversationId } from '#protocol/identifiers';
import { conversationOf } from '#protocol/webhook-notification';

import { isFlowing } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import type { Forgotten } from '../bridge/kept-entries';
import { NO_FACTS, type ConversationFacts } from './conversation-facts';
import { NOTHING_KNOWN, factsFor, withEach, withTold, type KnownConversation } from './facts-by-app';
import { withHistory } from './history/apply-history';
import { withoutWords } from './without-words';

export type FactsByConversation = ReadonlyMap<ConversationId, ConversationFacts>;

type KnownConversations = ReadonlyMap<ConversationId, KnownConversation>;

/** What the bridge's log says about every conversation, and the cloud's history where it was read. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class ConversationLog {
  private readonly log = inject(EventLog);

  private readonly known = signal<KnownConversations>(new Map());
  private readonly app = signal<AppKey | null>(null);
  private readonly histories = new Map<ConversationId, ConversationHistory>();
  private readonly forgetListeners = new Set<(ids: ReadonlySet<ConversationId>) => void>();
  private spared: ConversationId | null = null;
  /** Of these more is kept than the log has, because they were on the screen when it dropped that. */
  private readonly overdue = new Set<ConversationId>();

  /**
   * Each conversation as its own app was told; one that another server opened as the app on the screen was: nothing here
   * tells whose it is, and of all that came only that was for this app.
   */
  readonly facts = computed<FactsByConversation>(() => {
    const app = this.app();
    return new Map([...this.known()].map(([id, known]) => [id, factsFor(known, app)]));
  });
  /** Whether everything stored before has arrived; before that, what was already said is not known here. */
  readonly isCaughtUp = computed(() => isFlowing(this.log.connection()));

  constructor() {
    const stop = this.log.follow(
      (entries) => this.known.update((known) => withBatch(known, entries)),
      () => this.startAnew(),
      (forgotten) => this.forget(forgotten),
    );
    inject(DestroyRef).onDestroy(stop);
  }

  /** Which app is on the screen. */
  showFor(appKey: AppKey): void {
    this.app.set(appKey);
  }

  /** Adds what the cloud's history has of a conversation; it stays when the log starts anew. */
  addHistory(history: ConversationHistory): void {
    const { conversationId } = history;
    this.histories.set(conversationId, history);
    if (!history.isKnown) return;
    this.known.update((known) => {
      const before = known.get(conversationId) ?? NOTHING_KNOWN;
      const next = withEach(before, (facts) => withHistory(facts, history)) ?? before;
      return new Map(known).set(conversationId, next);
    });
  }

  /** The conversation on the screen loses nothing, whatever the log drops; `null` when there is none. */
  spare(id: ConversationId | null): void {
    this.spared = id;
  }

  /**
   * Tells each time of which conversations something was forgotten: it may be read from the history. What it returns
   * ends that.
   */
  onForgotten(listener: (ids: ReadonlySet<ConversationId>) => void): () => void {
    this.forgetListeners.add(listener);
    return () => this.forgetListeners.delete(listener);
  }

  private forget({ dropped, kept }: Forgotten): void {
    const ids = new Set(this.overdue);
    for (const entry of dropped) {
      const id = conversationIdOf(entry);
      if (id !== null) ids.add(id);
    }
    this.overdue.clear();
    if (this.spared !== null && ids.delete(this.spared)) this.overdue.add(this.spared);
    if (ids.size === 0) return;
    for (const id of ids) this.histories.delete(id);
    this.known.update((known) => withBatch(forget(known, ids), kept, ids));
    for (const listener of this.forgetListeners) listener(ids);
  }

  private startAnew(): void {
    this.overdue.clear();
    const recorded = [...this.histories].map(
      ([id, history]) => [id, { ...NOTHING_KNOWN, own: withHistory(NO_FACTS, history) }] as const,
    );
    this.known.set(new Map(recorded));
  }
}

/** All conversations after a batch; those that the batch does not name keep their object. */
function withBatch(
  known: KnownConversations,
  entries: readonly LogEntry[],
  /** Only of these conversations; default: of all. */
  only?: ReadonlySet<ConversationId>,
): KnownConversations {
  const batches = new Map<ConversationId, LogEntry[]>();
  for (const entry of entries) {
    const id = conversationIdOf(entry);
    if (id === null || only?.has(id) === false) continue;
    const batch = batches.get(id);
    if (batch === undefined) batches.set(id, [entry]);
    else batch.push(entry);
  }
  if (batches.size === 0) return known;
  const next = new Map(known);
  for (const [id, batch] of batches) next.set(id, withTold(known.get(id) ?? NOTHING_KNOWN, batch));
  return next;
}

function forget(known: KnownConversations, ids: ReadonlySet<ConversationId>): KnownConversations {
  const next = new Map(known);
  for (const id of ids) {
    const left = withEach(next.get(id) ?? NOTHING_KNOWN, withoutWords);
    if (left === null) next.delete(id);
    else next.set(id, left);
  }
  return next;
}

/** What changes no conversation, though it may name one. */
const OF_NO_CONVERSATION: ReadonlySet<LogKind> = new Set([
  'exchange',
  'notification-refused',
  'webhook-duplicate',
]);

/** A webhook may overtake the answer that tells whose conversation it is: then the webhook itself names it. */
function conversationIdOf(entry: LogEntry): ConversationId | null {
  if (OF_NO_CONVERSATION.has(entry.kind)) return null;
  if (entry.conversationId !== null) return entry.conversationId;
  return entry.kind === 'notification' ? conversationOf(entry.change) : null;
}
