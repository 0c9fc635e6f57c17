import { randomBytes } from 'node:crypto';

import type { EmulatorLog } from '../emulator-log.ts';
import type { Attempt, CourierReport } from './attempt.ts';
import type { Delivery, DeliveryReport, ToldReport } from './delivery.ts';
import { RecentWebhooks } from './recent-webhooks.ts';

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

/** A try that somebody asked for. */
export interface RedeliveryReport {
  readonly attempt: Attempt;
  /** Of this webhook; 1 for the first. */
  readonly redelivery: number;
}

/** What came of the latest tries, what was sent, and the log's lines about them. */
export class DeliveryLog {
  /** What was sent, as far as it is kept. */
  readonly recent: RecentWebhooks;
  private reports: DeliveryReport[] = [];
  private told = 0;
  /** Numbers begin anew with the emulator: what was named before is not taken for another. */
  private readonly run = randomBytes(4).toString('hex');
  private readonly deps: DeliveryLogDeps;

  constructor(deps: DeliveryLogDeps, recent = new RecentWebhooks()) {
    this.deps = deps;
    this.recent = recent;
  }

  report(delivery: Delivery, report: CourierReport): void {
    const { endpoint } = report.attempt ?? UNTRIED;
    const attempt = delivery.tries + (endpoint === null ? 0 : 1);
    this.recent.keep({ ...delivery, tries: attempt });
    this.add(delivery, report, { attempt, redelivery: null });
    this.write(delivery, report, WORDS[report.outcome]);
  }

  /** A try that nobody repeats, whatever came of it. */
  reportRedelivery(delivery: Delivery, { attempt, redelivery }: RedeliveryReport): void {
    const report: CourierReport = { outcome: attempt.isTaken ? 'delivered' : 'lost', attempt, nextAt: null };
    this.add(delivery, report, { attempt: delivery.tries, redelivery });
    this.write(delivery, report, attempt.isTaken ? 'webhook redelivered' : 'redelivered webhook not taken', {
      redelivery,
    });
  }

  private add(
    delivery: Delivery,
    { outcome, attempt, nextAt }: CourierReport,
    counted: Pick<DeliveryReport, 'attempt' | 'redelivery'>,
  ): void {
    this.told += 1;
    const { endpoint, status, failure, reason, durationMs } = attempt ?? UNTRIED;
    this.reports.push({
      ...counted,
      id: `${this.run}-${this.told}`,
      number: this.told,
      at: this.deps.now(),
      delivery: delivery.number,
      account: delivery.account.id,
      app: delivery.appKey,
      conversation: delivery.conversationId,
      eventType: delivery.eventType,
      endpoint,
      outcome,
      status,
      failure,
      reason,
      durationMs,
      nextAt,
    });
    if (this.reports.length > MOST_REPORTS) this.reports = this.reports.slice(-MOST_REPORTS / 2);
  }

  /** A webhook that there is no room for. */
  reportLost(delivery: Delivery, failure: string): void {
    const attempt: Attempt = { ...UNTRIED, failure, reason: 'no-room' };
    this.report(delivery, { outcome: 'lost', attempt, nextAt: null });
  }

  /** Oldest first. */
  list(filter: DeliveryFilter): readonly ToldReport[] {
    const { after = 0 } = filter;
    const listed = this.reports.filter(
      (report) =>
        report.number > after &&
        isSame(filter.account, report.account) &&
        isSame(filter.app, report.app) &&
        isSame(filter.conversation, report.conversation) &&
        isSame(filter.outcome, report.outcome),
    );
    return listed.map((report) => ({ ...report, isKept: this.recent.has(report.delivery) }));
  }

  /** The try that was told by this name; `null`: there is none, it is too long ago, or of an emulator before this one. */
  find(id: string): DeliveryReport | null {
    return this.reports.find((report) => report.id === id) ?? null;
  }

  clear(): void {
    this.reports = [];
    this.recent.clear();
  }

  private write(
    delivery: Delivery,
    { outcome, attempt }: CourierReport,
    words: string,
    counted: object = { attempt: delivery.tries + 1 },
  ): void {
    const { account, appKey, conversationId, eventType } = delivery;
    const { endpoint, status, failure, durationMs } = attempt ?? UNTRIED;
    const fields = {
      ...{ account: account.id, appKey, conversationId, eventType, ...counted },
      ...(endpoint !== null && { endpoint, durationMs }),
      ...(status !== null && { status }),
      ...(failure !== null && { failure }),
    };
    this.deps.log[outcome === 'delivered' ? 'info' : 'warn'](fields, words);
  }
}

const UNTRIED: Attempt = {
  ...{ endpoint: null, isTaken: false, status: null, failure: null, reason: null },
  durationMs: 0,
};

const WORDS: Readonly<Record<CourierReport['outcome'], string>> = {
  delivered: 'webhook delivered',
  lost: 'webhook lost',
  failed: 'webhook not taken, it will be tried again',
  expired: 'webhook lost: older than the retention time',
  unwanted: 'webhook not sent: the app does not want it any more',
};

const isSame = (wanted: string | undefined, given: string): boolean =>
  wanted === undefined || wanted === given;
