import type { ConsumerId, ConversationId } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import { decide, open } from './conversation-decision.ts';
import type { Accepted, ConversationCommand, Refused } from './conversation-commands.ts';
import type { Notification } from './conversation-notifications.ts';
import type { ConversationOpening, ConversationState } from './conversation-state.ts';
import type { SurveyOffer } from './conversation-survey.ts';

/** Closed conversations beyond this number are forgotten, the oldest first. */
const MOST_CLOSED_KEPT = 5000;

/** Something happened in a conversation. */
export interface Occurrence {
  /** The conversation as it is now. */
  readonly conversation: ConversationState;
  /** `null`: it was opened. */
  readonly command: ConversationCommand | null;
  readonly notifications: readonly Notification[];
  /** Sequence of the event that was published; `null` when none was. */
  readonly sequence: number | null;
}

export type ConversationListener = (occurrence: Occurrence) => void;

export interface ConversationsDeps {
  readonly clock: Clock;
  /** Told of every occurrence, in order, after the new state stands. */
  readonly tell: ConversationListener;
  /** The survey that could follow this conversation now; asked when something is closed. Default: none. @see PROTOCOL.md §11.3 */
  readonly survey?: (conversation: ConversationState) => SurveyOffer | null;
}

/** The conversations of one account: keeps their states, decides nothing itself. */
export class Conversations {
  private readonly byId = new Map<ConversationId, ConversationState>();
  private readonly openByConsumer = new Map<ConsumerId, ConversationId>();
  private readonly closed = new Set<ConversationId>();
  private readonly deps: ConversationsDeps;

  constructor(deps: ConversationsDeps) {
    this.deps = deps;
  }

  get(id: ConversationId): ConversationState | null {
    return this.byId.get(id) ?? null;
  }

  /** In the order in which they were opened. */
  list(): ConversationState[] {
    return [...this.byId.values()];
  }

  /** Puts these in the place of all. */
  restore(states: readonly ConversationState[]): void {
    this.byId.clear();
    this.openByConsumer.clear();
    this.closed.clear();
    for (const state of states) {
      this.byId.set(state.id, state);
      if (state.stage === 'OPEN') this.openByConsumer.set(state.consumerId, state.id);
      else this.closed.add(state.id);
    }
  }

  /** The consumer's open conversation; there is never more than one. @see PROTOCOL.md §6.2 */
  openOf(consumer: ConsumerId): ConversationState | null {
    const id = this.openByConsumer.get(consumer);
    return id === undefined ? null : this.get(id);
  }

  /** Opens a conversation; `null` when the consumer has an open one. @see PROTOCOL.md §6.2 */
  open(opening: ConversationOpening): ConversationState | null {
    if (this.openOf(opening.consumerId)) return null;
    return this.accept(open(opening, this.deps.clock.now()), null);
  }

  /** Carries the command out, or says why not. */
  execute(id: ConversationId, command: ConversationCommand): Accepted | Refused | { outcome: 'unknown' } {
    const state = this.byId.get(id);
    if (!state) return { outcome: 'unknown' };
    const decision = decide(state, this.complete(state, command), this.deps.clock.now());
    if (decision.outcome === 'accepted') this.accept(decision, command);
    return decision;
  }

  /** What closes a dialog is told the survey that could follow, unless it says so itself. */
  private complete(state: ConversationState, command: ConversationCommand): ConversationCommand {
    const isClosing = command.type === 'close' || command.type === 'close-dialog';
    if (!isClosing || command.survey !== undefined) return command;
    return { ...command, survey: this.deps.survey?.(state) ?? null };
  }

  private accept(
    { state, notifications, sequence }: Accepted,
    command: ConversationCommand | null,
  ): ConversationState {
    this.byId.set(state.id, state);
    if (state.stage === 'OPEN') this.openByConsumer.set(state.consumerId, state.id);
    else this.retire(state);
    this.deps.tell({ conversation: state, command, notifications, sequence });
    return state;
  }

  private retire({ id, consumerId }: ConversationState): void {
    if (this.openByConsumer.get(consumerId) === id) this.openByConsumer.delete(consumerId);
    this.closed.add(id);
    if (this.closed.size <= MOST_CLOSED_KEPT) return;
    for (const oldest of this.closed) {
      this.closed.delete(oldest);
      this.byId.delete(oldest);
      return;
    }
  }
}
