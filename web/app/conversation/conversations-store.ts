import { Service, computed, inject, signal } from '@angular/core';

import type { ConversationView } from '#protocol/bridge-api';
import type { AppKey, ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { ConversationLog } from './conversation-log';
import { NO_FACTS, type ConversationFacts, type MessageKey } from './conversation-facts';
import { toState, type ConversationState } from './conversation-state';
import { byActivity, summarise, type ConversationSummary } from './conversation-summary';
import { RemovedMessages } from './removed-messages';
import { SeenMessages } from './seen-messages';

export type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: unknown };

/** The conversations of one app: those the bridge lists and those the log has told of since. */
@Service({ autoProvided: false })
export class ConversationsStore {
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(ConversationLog);
  private readonly removed = inject(RemovedMessages);
  private readonly seen = inject(SeenMessages);

  /** Facts never change, only give way to new ones: each state is worked out once. */
  private readonly states = new WeakMap<ConversationFacts, ConversationState>();
  private readonly app = signal<AppKey | null>(null);
  private readonly views = signal<readonly ConversationView[]>([]);
  /** Opened here: the log has, or will have, all of them. */
  private readonly added = new Set<ConversationId>();
  /** Of several questions for a list the last counts. */
  private turn = 0;
  private readonly progress = signal<Loading>({ kind: 'loading' });

  readonly appKey = this.app.asReadonly();
  readonly loading = this.progress.asReadonly();

  /** Newest first. */
  readonly summaries = computed<readonly ConversationSummary[]>(() =>
    [...this.known()].map(([id, facts]) => this.summaryOf(id, facts)).sort(byActivity),
  );

  private readonly known = computed<ReadonlyMap<ConversationId, ConversationFacts>>(() => {
    const app = this.app();
    const known = new Map([...this.log.facts()].filter(([, facts]) => facts.opened?.appKey === app));
    for (const view of this.views()) {
      if (!known.has(view.conversationId)) known.set(view.conversationId, this.factsOf(view));
    }
    return known;
  });

  /** Lists the conversations of `appKey`; does nothing when they are listed already. */
  async show(appKey: AppKey): Promise<void> {
    if (this.app() === appKey) return;
    this.app.set(appKey);
    this.log.showFor(appKey);
    this.views.set([]);
    await this.reload();
  }

  async reload(): Promise<void> {
    const app = this.app();
    if (app === null) return;
    this.turn += 1;
    const { turn } = this;
    this.progress.set({ kind: 'loading' });
    try {
      const { conversations } = await this.bridge.conversations(app);
      if (turn === this.turn) this.ready(conversations);
    } catch (failure) {
      if (turn === this.turn) this.progress.set({ kind: 'failed', failure });
    }
  }

  /** A conversation that was opened here, before the log tells of it. */
  add(view: ConversationView): void {
    this.added.add(view.conversationId);
    // Whoever went to another app meanwhile finds it in the list of its own.
    if (view.appKey !== this.app()) return;
    this.views.update((views) => [...views, view]);
  }

  /** A conversation of this app, or one that only the cloud's history knows; `null` when there is none. */
  find(id: ConversationId): ConversationState | null {
    const facts = this.factsFor(id);
    return facts === null ? null : this.stateOf(id, facts);
  }

  /** The open conversation of this app's consumer with that external id; `null` when none is known. */
  openOf(externalId: string): ConversationId | null {
    const open = this.summaries().find(({ id, phase }) => {
      const consumer = this.factsFor(id)?.opened?.consumer;
      return phase !== 'closed' && consumer?.externalId === externalId;
    });
    return open?.id ?? null;
  }

  /** Whether a message of others was told to be read, or was on the screen here. */
  isRead(id: ConversationId, key: MessageKey): boolean {
    return this.isReadIn(this.factsFor(id), id, key);
  }

  /** All that is known of it; `null` as in `find`. */
  factsFor(id: ConversationId): ConversationFacts | null {
    const recorded = this.log.facts().get(id);
    const isElsewhere = recorded?.opened === null && recorded.recorded !== null;
    return this.known().get(id) ?? (isElsewhere && this.progress().kind === 'ready' ? recorded : null);
  }

  private summaryOf(id: ConversationId, facts: ConversationFacts): ConversationSummary {
    const state = this.stateOf(id, facts);
    const shown = { ...state, messages: this.removed.shownOf(state.messages) };
    return summarise(shown, facts, (key) => this.isReadIn(facts, id, key));
  }

  private isReadIn(facts: ConversationFacts | null, id: ConversationId, key: MessageKey): boolean {
    return facts?.ownReceipts.get(key)?.has('READ') === true || this.seen.isSeen(id, key);
  }

  private stateOf(id: ConversationId, facts: ConversationFacts): ConversationState {
    const known = this.states.get(facts);
    if (known !== undefined) return known;
    const state = toState(id, facts);
    this.states.set(facts, state);
    return state;
  }

  private ready(views: readonly ConversationView[]): void {
    // What was opened while the list was on its way may be missing in it.
    const isMissing = ({ conversationId: id }: ConversationView): boolean =>
      this.added.has(id) && !views.some(({ conversationId }) => conversationId === id);
    this.views.update((known) => [...views, ...known.filter(isMissing)]);
    this.progress.set({ kind: 'ready' });
  }

  /** The log may have webhooks of a conversation before, or without, the entry that opened it. */
  private factsOf({
    conversationId,
    appKey,
    consumer,
    options,
    openedAt: at,
  }: ConversationView): ConversationFacts {
    const facts = this.log.facts().get(conversationId) ?? NO_FACTS;
    const opened = {
      appKey,
      consumer,
      options,
      at,
      logSequence: Number.MAX_SAFE_INTEGER,
    };
    // The log begins after its opening: that nothing is here does not mean that nothing was said.
    const isCut = facts.isCut || !this.added.has(conversationId);
    return { ...facts, opened, isCut, lastAt: Math.max(facts.lastAt, at) };
  }
}
