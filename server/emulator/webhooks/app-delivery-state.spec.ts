import { appUp, decideDelivery, isFlowing } from './app-delivery-state.ts';
import type { AppDeliveryState, AppPhase, DeliveryEvent, Fate } from './app-delivery-state.ts';
import type { RetryPolicy } from './retry-policy.ts';

const NOW = 1_000_000;
const STOPS: RetryPolicy = { mechanism: 'retention', retentionMs: 60_000, stopsApp: true };
const PASSES: RetryPolicy = { mechanism: 'retention', retentionMs: 60_000, stopsApp: false };
const NONE: RetryPolicy = { mechanism: 'none' };
const TWICE: RetryPolicy = { mechanism: 'counted', maxRetries: 2 };

const tried = (isTaken: boolean, policy: RetryPolicy, more: object = {}): DeliveryEvent => ({
  type: 'tried',
  isTaken,
  isProbe: false,
  triesBefore: 0,
  policy,
  ...more,
});
const probe = { isProbe: true };

const STATES: Readonly<Record<AppPhase, AppDeliveryState>> = {
  UP: appUp(0),
  FAILED: { phase: 'FAILED', since: 0, failures: 3, nextAt: NOW },
  'IN TRANSITION': { phase: 'IN TRANSITION', since: 0, failures: 0, nextAt: NOW },
  RECOVERED: { phase: 'RECOVERED', since: 0, failures: 0, nextAt: null },
};

interface Row {
  readonly from: AppPhase;
  readonly what: string;
  readonly event: DeliveryEvent;
  readonly to: AppPhase;
  readonly fate: Fate | null;
  /** Until something is done by itself, in milliseconds. */
  readonly wait?: number | null;
}

const ROWS: readonly Row[] = [
  { from: 'UP', what: 'a taken webhook', event: tried(true, STOPS), to: 'UP', fate: 'delivered' },
  { from: 'UP', what: 'a failure without retries', event: tried(false, NONE), to: 'UP', fate: 'lost' },
  { from: 'UP', what: 'a failure with retries left', event: tried(false, TWICE), to: 'UP', fate: 'repeated' },
  {
    from: 'UP',
    what: 'a failure after the last retry but one',
    event: tried(false, TWICE, { triesBefore: 1 }),
    to: 'UP',
    fate: 'repeated',
  },
  {
    from: 'UP',
    what: 'a failure of the last retry',
    event: tried(false, TWICE, { triesBefore: 2 }),
    to: 'UP',
    fate: 'lost',
  },
  {
    from: 'UP',
    what: 'a failure with a retention time',
    event: tried(false, STOPS),
    to: 'FAILED',
    fate: 'kept',
    wait: 2000,
  },
  {
    from: 'UP',
    what: 'a failure of an event type with max_retries 0',
    event: tried(false, PASSES),
    to: 'UP',
    fate: 'lost',
  },
  {
    from: 'FAILED',
    what: 'a probe in vain',
    event: tried(false, STOPS, probe),
    to: 'FAILED',
    fate: 'kept',
    wait: 16_000,
  },
  {
    from: 'FAILED',
    what: 'a probe in vain of an event type with max_retries 0, which stays too',
    event: tried(false, PASSES, probe),
    to: 'FAILED',
    fate: 'kept',
    wait: 16_000,
  },
  {
    from: 'FAILED',
    what: 'a failure of what was under way, which changes nothing',
    event: tried(false, STOPS),
    to: 'FAILED',
    fate: 'kept',
    wait: 0,
  },
  {
    from: 'FAILED',
    what: 'a success of what was under way, which proves nothing',
    event: tried(true, STOPS),
    to: 'FAILED',
    fate: 'delivered',
    wait: 0,
  },
  {
    from: 'FAILED',
    what: 'a probe that is taken',
    event: tried(true, STOPS, probe),
    to: 'IN TRANSITION',
    fate: 'delivered',
    wait: 4000,
  },
  {
    from: 'FAILED',
    what: 'a failure after the retention time was taken away',
    event: tried(false, NONE, probe),
    to: 'UP',
    fate: 'lost',
  },
  {
    from: 'IN TRANSITION',
    what: 'the end of the wait',
    event: { type: 'waited' },
    to: 'RECOVERED',
    fate: null,
  },
  {
    from: 'IN TRANSITION',
    what: 'a late failure',
    event: tried(false, STOPS),
    to: 'FAILED',
    fate: 'kept',
    wait: 2000,
  },
  {
    from: 'RECOVERED',
    what: 'a taken webhook',
    event: tried(true, STOPS),
    to: 'RECOVERED',
    fate: 'delivered',
  },
  { from: 'RECOVERED', what: 'the end of the queue', event: { type: 'drained' }, to: 'UP', fate: null },
  {
    from: 'RECOVERED',
    what: 'a failure, from which the schedule begins anew',
    event: tried(false, STOPS),
    to: 'FAILED',
    fate: 'kept',
    wait: 2000,
  },
  {
    from: 'RECOVERED',
    what: 'a failure of an event type with max_retries 0',
    event: tried(false, PASSES),
    to: 'RECOVERED',
    fate: 'lost',
  },
  { from: 'UP', what: 'the end of a queue', event: { type: 'drained' }, to: 'UP', fate: null },
  {
    from: 'FAILED',
    what: 'the time of a probe',
    event: { type: 'waited' },
    to: 'FAILED',
    fate: null,
    wait: 0,
  },
];

describe('The delivery state of an app (§8.6)', () => {
  for (const { from, what, event, to, fate, wait = null } of ROWS) {
    it(`goes from ${from} by ${what} to ${to}`, () => {
      const decision = decideDelivery(STATES[from], event, NOW);

      expect(decision.state.phase).toBe(to);
      expect(decision.fate).toBe(fate);
      expect(decision.state.nextAt).toBe(wait === null ? null : NOW + wait);
      if (from !== to) expect(decision.state.since).toBe(NOW);
    });
  }

  it('lets webhooks out when the app is up or recovered', () => {
    const flowing = Object.values(STATES).filter(isFlowing);

    expect(flowing.map(({ phase }) => phase)).toEqual(['UP', 'RECOVERED']);
  });
});
