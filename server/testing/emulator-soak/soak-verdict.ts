import type { Arrival, SoakReceiver } from './soak-receiver.ts';

export interface SoakVerdict {
  /** Events that an app with retries was never told. */
  readonly missing: number;
  /** Events that the app with a retention time was told in another order than they have. */
  readonly outOfOrder: number;
  /** Texts of the consumer that are not there, or not in the order in which they were written. */
  readonly wronglyTold: number;
  /** Losses of the app without retries that no `drop` explains, and drops that lost nothing. */
  readonly unexplained: number;
  /** Webhooks dropped by a fault, as the cloud may lose them (§8.7). */
  readonly dropped: number;
}

/** What is to be found in one conversation. */
export interface Expected {
  readonly conversation: string;
  /** What its consumer wrote, in order. */
  readonly texts: readonly string[];
  /** Webhooks to the app without retries that a fault dropped. */
  readonly dropped: number;
}

/** Holds what three apps were told against each other and against what was sent. */
export function judge(receiver: SoakReceiver, expected: readonly Expected[]): SoakVerdict {
  const verdicts = expected.map((each) => {
    const [ordered = [], counted = [], lossy = []] = ['ordered', 'counted', 'lossy'].map((app) =>
      receiver.arrivalsOf(app).get(each.conversation),
    );
    const story = withoutRepetitions(ordered);
    return {
      missing: gaps(story) + notAmong(story, counted),
      outOfOrder: disorder(story),
      wronglyTold: isSubsequence(each.texts, story) ? 0 : 1,
      unexplained: Math.abs(story.length - lossy.length - each.dropped),
      dropped: each.dropped,
    };
  });
  const total = (count: (verdict: SoakVerdict) => number): number =>
    verdicts.reduce((sum, verdict) => sum + count(verdict), 0);
  return {
    missing: total(({ missing }) => missing),
    outOfOrder: total(({ outOfOrder }) => outOfOrder),
    wronglyTold: total(({ wronglyTold }) => wronglyTold),
    unexplained: total(({ unexplained }) => unexplained),
    dropped: total(({ dropped }) => dropped),
  };
}

/** A webhook that comes twice in succession is one that was repeated. */
const withoutRepetitions = (arrivals: readonly Arrival[]): readonly Arrival[] =>
  arrivals.filter(({ digest }, index) => digest !== arrivals[index - 1]?.digest);

/** Numbers that no event has, up to the highest. @see PROTOCOL.md §11.4 */
function gaps(story: readonly Arrival[]): number {
  const numbers = sequencesOf(story);
  const ends = Number(story.at(0)?.stage !== 'OPEN') + Number(story.at(-1)?.stage !== 'CLOSE');
  return Math.max(-1, ...numbers) + 1 - new Set(numbers).size + ends;
}

/** How often a number does not follow the one before it. */
const disorder = (story: readonly Arrival[]): number =>
  sequencesOf(story).filter((sequence, index, all) => sequence !== (all[index - 1] ?? -1) + 1).length;

function notAmong(story: readonly Arrival[], others: readonly Arrival[]): number {
  const digests = new Set(others.map(({ digest }) => digest));
  return new Set(story.filter(({ digest }) => !digests.has(digest)).map(({ digest }) => digest)).size;
}

function isSubsequence(texts: readonly string[], story: readonly Arrival[]): boolean {
  let found = 0;
  for (const { text } of story) if (text !== null && text === texts[found]) found += 1;
  return found === texts.length;
}

const sequencesOf = (story: readonly Arrival[]): number[] => story.flatMap(({ sequence }) => sequence ?? []);
