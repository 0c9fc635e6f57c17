import type { WaitingCall } from '../request-item';
import type { RunningUpload, TimelineStep } from './timeline-step';

/** What still goes on. */
export interface Running {
  readonly uploads: readonly RunningUpload[];
  readonly calls: readonly WaitingCall[];
}

/** The last rows of the diagram: the log has nothing of these yet, so they have numbers of their own. @param at Of the row before. */
export function runningSteps({ uploads, calls }: Running, at: number): readonly TimelineStep[] {
  // Once all of a file has left the page it is the bridge that hands it on, and the bridge tells of its calls.
  const isTold = ({ conversationId, share }: RunningUpload): boolean =>
    share >= 1 && calls.some((call) => call.conversationId === conversationId);
  const plans = [
    ...uploads.filter((upload) => !isTold(upload)).map((upload) => uploadPlan(upload, at)),
    ...calls.map(callPlan),
  ];
  return plans.map((plan, index) => ({
    ...{ id: -1 - index, itemId: -1 - index, keys: [], clock: 'now', isInert: true },
    ...plan,
    ...{ icon: null, delayMs: null, since: null, isLate: false, isOdd: false },
  }));
}

type RunningPlan = Pick<
  TimelineStep,
  'conversationId' | 'at' | 'from' | 'to' | 'tone' | 'title' | 'detail' | 'mark'
>;

const TO_BRIDGE = { from: 'consumer', to: 'bridge', tone: 'write' } as const;
const TO_CLOUD = { from: 'bridge', to: 'cloud', tone: 'call' } as const;

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
