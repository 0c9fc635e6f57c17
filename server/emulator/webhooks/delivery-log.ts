import type { EmulatorLog } from '../emulator-log.ts';
import type { Attempt, CourierReport } from './attempt.ts';
import type { Delivery, DeliveryOutcome, DeliveryReport } from './delivery.ts';

const MOST_REPORTS = 5000;

export interface DeliveryFilter {
  /** Only what was reported after this number. */
  readonly after?: number | undefined;
  readonly account?: string | undefined;
  readonly app?: string | undefined;
  readonly conversation?: string | undefined;
  readonly outcome?: string | undefined;
}

export interface DeliveryLogDeps {
  readonly log: EmulatorLog;
  readonly now: () => number;
}

/** What came of the latest tries, and the log's lines about them. */
export class DeliveryLog {
  private reports: DeliveryReport[] = [];
  private told = 0;
  private readonly deps: DeliveryLogDeps;

  constructor(deps: DeliveryLogDeps) {
    this.deps = deps;
  }

  report(delivery: Delivery, { outcome, attempt, nextAt }: CourierReport): void {
    this.told += 1;
    const { endpoint, status, failure, reason, durationMs } = attempt ?? UNTRIED;
    this.reports.push({
      number: this.told,
      at: this.deps.now(),
      delivery: delivery.number,
      account: delivery.account.id,
      app: delivery.appKey,
      conversation: delivery.conversationId,
      eventType: delivery.eventType,
      endpoint,
      attempt: delivery.tries + (endpoint === null ? 0 : 1),
      outcome,
      status,
      failure,
      reason,
      durationMs,
      nextAt,
    });
    if (this.reports.length > MOST_REPORTS) this.reports = this.reports.slice(-MOST_REPORTS / 2);
    this.write(delivery, outcome, attempt);
  }

  /** A webhook that there is no room for. */
  reportLost(delivery: Delivery, failure: string): void {
    const attempt: Attempt = { ...UNTRIED, failure, reason: 'no-room' };
    this.report(delivery, { outcome: 'lost', attempt, nextAt: null });
  }

  /** Oldest first. */
  list(filter: DeliveryFilter): readonly DeliveryReport[] {
    const { after = 0 } = filter;
    return this.reports.filter(
      (report) =>
        report.number > after &&
        isSame(filter.account, report.account) &&
        isSame(filter.app, report.app) &&
        isSame(filter.conversation, report.conversation) &&
        isSame(filter.outcome, report.outcome),
    );
  }

  clear(): void {
    this.reports = [];
  }

  private write(delivery: Delivery, outcome: DeliveryOutcome, attempt: Attempt | null): void {
    const { account, appKey, conversationId, eventType, tries } = delivery;
    const { endpoint, status, failure, durationMs } = attempt ?? UNTRIED;
    const fields = {
      ...{ account: account.id, appKey, conversationId, eventType, attempt: tries + 1 },
      ...(endpoint !== null && { endpoint, durationMs }),
      ...(status !== null && { status }),
      ...(failure !== null && { failure }),
    };
    this.deps.log[outcome === 'delivered' ? 'info' : 'warn'](fields, WORDS[outcome]);
  }
}

const UNTRIED: Attempt = {
  ...{ endpoint: null, isTaken: false, status: null, failure: null, reason: null },
  durationMs: 0,
};

const WORDS: Readonly<Record<DeliveryOutcome, string>> = {
  delivered: 'webhook delivered',
  lost: 'webhook lost',
  failed: 'webhook not taken, it will be tried again',
  expired: 'webhook lost: older than the retention time',
  unwanted: 'webhook not sent: the app does not want it any more',
};

const isSame = (wanted: string | undefined, given: string): boolean =>
  wanted === undefined || wanted === given;
