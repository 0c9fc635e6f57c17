import type { AccountId, AppKey, ConversationId } from '#protocol/identifiers';

import type { Clock, Scheduled } from '../clock.ts';
import { appUp, decideDelivery, isFlowing } from './app-delivery-state.ts';
import type { AppDeliveryState, DeliveryEvent, Fate } from './app-delivery-state.ts';
import type { Attempt, CourierReport } from './attempt.ts';
import type { Delivery } from './delivery.ts';
import { CountedRetries } from './counted-retries.ts';
import type { CountedRetry } from './counted-retries.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { COUNTED_RETRY_MS, isTooOld } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Whose webhooks they are. */
export interface CourierOwner {
  readonly account: AccountId;
  readonly app: AppKey;
}

export interface AppCourierDeps {
  readonly owner: CourierOwner;
  readonly clock: Clock;
  /** Calls the app's endpoint once. Never rejects. */
  readonly attempt: (delivery: Delivery, signal: AbortSignal) => Promise<Attempt>;
  readonly policyOf: (delivery: Delivery) => RetryPolicy;
  readonly report: (delivery: Delivery, report: CourierReport) => void;
  /** Told when the app's state changes. */
  readonly changed: (state: AppDeliveryState) => void;
  /** Told when there is nothing left to remember. */
  readonly idle: () => void;
}

/** All that a courier has to remember. */
export interface CourierLoad {
  readonly state: AppDeliveryState;
  /** In the order of each conversation. */
  readonly queue: readonly Delivery[];
  readonly retries: readonly CountedRetry[];
}

/** Carries the webhooks of one app: in order per conversation, with the retries that the app has configured. */
export class AppCourier {
  private readonly queue = new DeliveryQueue();
  private readonly busy = new Set<ConversationId>();
  private readonly retries: CountedRetries;
  private readonly stopping = new AbortController();
  private readonly deps: AppCourierDeps;
  private state: AppDeliveryState;
  private timer: Scheduled | null = null;
  private isProbing = false;

  constructor(deps: AppCourierDeps) {
    this.deps = deps;
    this.state = appUp(deps.clock.now());
    this.retries = new CountedRetries({
      clock: deps.clock,
      retry: (delivery) => void this.repeat(delivery),
    });
  }

  get owner(): CourierOwner {
    return this.deps.owner;
  }

  /** How the deliveries stand. */
  get standing(): AppDeliveryState {
    return this.state;
  }

  get waiting(): number {
    return this.queue.size + this.retries.size;
  }

  get waitingBytes(): number {
    return this.queue.sizeBytes;
  }

  /** When the oldest that waits was created; `null`: nothing waits. */
  get waitingSince(): number | null {
    return this.queue.oldestHead(() => false)?.createdAt ?? null;
  }

  add(delivery: Delivery): void {
    this.queue.append(delivery);
    if (this.stopping.signal.aborted) return;
    if (isFlowing(this.state)) this.serve(delivery.conversationId);
    else this.probeIfDue();
  }

  /** What waits and what is being tried, of a courier that was closed too. */
  get load(): CourierLoad {
    return { state: this.state, queue: this.queue.list(), retries: this.retries.list() };
  }

  /** Takes over what another courier of this app had. */
  take({ state, queue, retries }: CourierLoad): void {
    this.state = state;
    queue.forEach((delivery) => this.queue.append(delivery));
    retries.forEach((retry) => this.retries.add(retry));
    this.setTimer();
    if (isFlowing(state)) this.serveAll();
    this.rest();
  }

  /** Ends what is under way; what comes afterwards waits. */
  close(): void {
    this.stopping.abort();
    this.timer?.cancel();
    this.retries.stop();
  }

  private serveAll(): void {
    for (const conversation of this.queue.conversations) this.serve(conversation);
  }

  private serve(conversation: ConversationId): void {
    if (!this.busy.has(conversation)) void this.work(conversation);
  }

  private async work(conversation: ConversationId): Promise<void> {
    this.busy.add(conversation);
    for (let head = this.queue.head(conversation); head; head = this.queue.head(conversation)) {
      if (!isFlowing(this.state)) break;
      await this.tryHead(head, false);
      if (this.stopping.signal.aborted) return;
    }
    this.busy.delete(conversation);
    this.rest();
  }

  /** Looks what is to be done when a line has come to its end. */
  private rest(): void {
    this.probeIfDue();
    if (this.queue.size > 0 || this.busy.size > 0) return;
    this.decide({ type: 'drained' });
    if (this.state.phase === 'UP' && this.retries.size === 0) this.deps.idle();
  }

  /** A failed app is asked whether it is back with the oldest that waits. */
  private probeIfDue(): void {
    const { phase, nextAt } = this.state;
    if (phase !== 'FAILED' || this.isProbing || nextAt === null || this.deps.clock.now() < nextAt) return;
    this.expire();
    const oldest = this.queue.oldestHead((conversation) => this.busy.has(conversation));
    if (oldest) void this.probe(oldest);
  }

  private async probe(delivery: Delivery): Promise<void> {
    this.isProbing = true;
    this.busy.add(delivery.conversationId);
    await this.tryHead(delivery, true);
    if (this.stopping.signal.aborted) return;
    this.isProbing = false;
    this.busy.delete(delivery.conversationId);
    if (isFlowing(this.state) && this.queue.head(delivery.conversationId))
      this.serve(delivery.conversationId);
    this.rest();
  }

  private async tryHead(head: Delivery, isProbe: boolean): Promise<void> {
    if (this.isTooOld(head)) {
      this.queue.removeHead(head.conversationId);
      this.deps.report(head, EXPIRED);
      return;
    }
    const fate = await this.tryOnce(head, isProbe);
    if (fate === 'kept') this.queue.replaceHead(triedOnceMore(head));
    else if (!this.stopping.signal.aborted) this.queue.removeHead(head.conversationId);
  }

  /** Tries, decides and reports; the webhook itself stays where it is. `null`: it is done with, or we are stopping. */
  private async tryOnce(delivery: Delivery, isProbe: boolean): Promise<Fate | null> {
    const { attempt, policyOf, report } = this.deps;
    const result = await attempt(delivery, this.stopping.signal);
    if (this.stopping.signal.aborted) return null;
    if (result.endpoint === null) {
      report(delivery, { outcome: 'unwanted', attempt: result, nextAt: null });
      return null;
    }
    const { isTaken } = result;
    const policy = policyOf(delivery);
    const fate = this.decide({ type: 'tried', isTaken, isProbe, triesBefore: delivery.tries, policy });
    const outcome = fate === 'delivered' || fate === 'lost' ? fate : 'failed';
    const dueAt = this.deps.clock.now() + COUNTED_RETRY_MS;
    const nextAt = fate === 'kept' ? this.state.nextAt : fate === 'repeated' ? dueAt : null;
    report(delivery, { outcome, attempt: result, nextAt });
    if (fate === 'repeated') this.retries.add({ delivery: triedOnceMore(delivery), dueAt });
    return fate;
  }

  private async repeat(delivery: Delivery): Promise<void> {
    const fate = await this.tryOnce(delivery, false);
    if (this.stopping.signal.aborted) return;
    this.retries.remove(delivery);
    if (fate === 'kept') this.queue.append(triedOnceMore(delivery));
    this.rest();
  }

  private decide(event: DeliveryEvent): Fate | null {
    const { state, fate } = decideDelivery(this.state, event, this.deps.clock.now());
    if (state !== this.state) this.enter(state);
    return fate;
  }

  private enter(next: AppDeliveryState): void {
    const before = this.state;
    this.state = next;
    this.setTimer();
    if (before.phase !== next.phase) this.deps.changed(next);
    if (!isFlowing(before) && isFlowing(next)) this.serveAll();
  }

  private setTimer(): void {
    const { clock } = this.deps;
    const { nextAt } = this.state;
    this.timer?.cancel();
    this.timer = nextAt === null ? null : clock.schedule(nextAt - clock.now(), () => this.waited());
  }

  private waited(): void {
    this.decide({ type: 'waited' });
    this.rest();
  }

  private isTooOld(delivery: Delivery): boolean {
    return isTooOld(this.deps.policyOf(delivery), this.deps.clock.now() - delivery.createdAt);
  }

  private expire(): void {
    const isBusy = (conversation: ConversationId): boolean => this.busy.has(conversation);
    const expired = this.queue.takeOut((delivery) => this.isTooOld(delivery), isBusy);
    for (const delivery of expired) this.deps.report(delivery, EXPIRED);
  }
}

const EXPIRED: CourierReport = { outcome: 'expired', attempt: null, nextAt: null };

const triedOnceMore = (delivery: Delivery): Delivery => ({ ...delivery, tries: delivery.tries + 1 });
