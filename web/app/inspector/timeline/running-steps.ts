import type { WaitingCall } from '../request-item';
import type { RunningUpload, TimelineStep } from './timeline-step';

/** What still goes on. */
export interface Running {
  readonly uploads: readonly RunningUpload[];
  readonly calls: readonly WaitingCall[];
}

interface Told extends Running {
  /** The messages that calls carry, by the numbers of the calls. */
  readonly carried?: ReadonlyMap<number, string>;
}

/** The last rows of the diagram: the log has nothing of these yet, so they have numbers of their own. @param at Of the row before. */
export function runningSteps({ uploads, calls, carried }: Told, at: number): readonly TimelineStep[] {
  // Once all of a file has left the page it is the bridge that hands it on, and the bridge tells of its calls.
  const isTold = ({ conversationId, share }: RunningUpload): boolean =>
    share >= 1 && calls.some((call) => call.conversationId === conversationId);
  const shown = uploads.filter((upload) => !isTold(upload));
  return [
    // Nothing is known of it but what the row says.
    ...shown.map((upload, index) => runningStep(uploadPlan(upload, at), { id: -1 - index, isInert: true })),
    ...calls.map((call) =>
      runningStep(callPlan(call), { id: call.id, isInert: false, message: carried?.get(call.id) }),
    ),
  ];
}

const runningStep = (plan: RunningPlan, { id, isInert, message }: RunningRow): TimelineStep => ({
  ...{ id, itemId: id, keys: message === undefined ? [] : [message], clock: 'now', isInert },
  ...plan,
  ...{ icon: null, delayMs: null, since: null, isLate: false, isOdd: false },
});

interface RunningRow {
  readonly id: number;
  readonly isInert: boolean;
  readonly message?: string | undefined;
}

type RunningPlan = Pick<
  TimelineStep,
  'conversationId' | 'at' | 'from' | 'to' | 'tone' | 'title' | 'detail' | 'mark'
>;

const TO_BRIDGE = { from: 'consumer', to: 'bridge', tone: 'waiting' } as const;
const TO_CLOUD = { from: 'bridge', to: 'cloud', tone: 'waiting' } as const;

const uploadPlan = ({ conversationId, name, share }: RunningUpload, at: number): RunningPlan => ({
  ...{ conversationId, at },
  ...(share < 1 ? TO_BRIDGE : TO_CLOUD),
  ...{ title: $localize`upload`, detail: `“${name}”` },
  mark: share < 1 ? $localize`${Math.floor(share * 100)} %` : $localize`waiting for the storage`,
});

const callPlan = ({ conversationId, at, name, carried, envelope, entry }: WaitingCall): RunningPlan => ({
  ...{ conversationId, at, ...TO_CLOUD, title: name },
  detail: [carried, envelope].filter(Boolean).join(' · '),
  mark: entry.attempt > 1 ? $localize`attempt ${entry.attempt} · waiting` : $localize`waiting`,
});
