import fc from 'fast-check';

import type { LogEntry } from '#protocol/bridge-events';

import { CONVERSATION, OTHER_APP } from '../testing/log-entries';
import { PlayedCloud, type Content, type Happening, type Truth } from '../testing/played-cloud';
import { withEntries } from './apply-entries';
import { NO_FACTS, type ConversationFacts } from './conversation-facts';
import { replay, toState, type ConversationState } from './conversation-state';
import { withHistory } from './history/apply-history';

const content = fc.constantFrom<Content>('text', 'same text', 'file', 'card', 'strange');

/** Anything that may happen, in any order a person and a cloud could bring about. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      content: fc.constantFrom<Content>('text', 'same text', 'file'),
      answer: fc.constantFrom(...(['comes', 'comes', 'lost', 'refused'] as const)),
      triedBefore: fc.constantFrom(0, 0, 0, 1, 2),
      isOvertaken: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('write-elsewhere' as const), content }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('agent' as const),
      content,
      isPrivate: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('agent-receipt' as const, 'own-receipt' as const),
      status: fc.constantFrom(...(['ACCEPT', 'ACCEPT', 'READ', 'READ', 'ACTION', 'NACK'] as const)),
      back: fc.nat(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('agent-state' as const),
      chatState: fc.constantFrom('COMPOSING', 'PAUSE', 'GONE'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('transfer' as const, 'survey' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

const cloud = fc.array(happening, { maxLength: 40, size: 'max' }).map((list) => new PlayedCloud(list));
const RUNS = { numRuns: 400 };

const isWebhook = ({ kind }: LogEntry): boolean => kind === 'notification';

/** What is in the cloud, as the screen shows it; what never got there stands on the screen without a key. */
const shown = ({ messages }: ConversationState): readonly Truth[] =>
  messages.flatMap(({ key, isOwn, content: { kind }, delivery }) =>
    key === null ? [] : [{ key, isOwn, kind, state: delivery?.state ?? null }],
  );

/** What the consumer has told, which no page may tell again. */
const toldBy = ({ ownReceipts, ownActions }: ConversationFacts) =>
  [...ownReceipts, ...ownActions].map(([key, told]) => `${key} ${[...told].toSorted().join()}`).toSorted();

describe('a conversation, whatever happens', () => {
  it('is what the cloud has: each message once, in order, with its ticks and the right end', () => {
    fc.assert(
      fc.property(cloud, (played) => {
        const screen = replay(CONVERSATION, played.entries);

        expect(shown(screen)).toEqual(played.truth);
        expect(screen.phase).toBe(played.phase);
        expect(new Set(screen.messages.map(({ id }) => id)).size).toBe(screen.messages.length);
      }),
      RUNS,
    );
  });

  it('is the same for the same entries in any order, each any number of times, in any batches', () => {
    const scrambled = cloud.chain((played) =>
      fc.tuple(
        fc.constant(played.entries),
        fc.shuffledSubarray([...played.entries], { minLength: played.entries.length }),
        fc.array(fc.constantFrom(...played.entries), { maxLength: 15 }),
        fc.nat(),
      ),
    );

    fc.assert(
      fc.property(scrambled, ([entries, shuffled, repeated, cut]) => {
        const all = [...shuffled, ...repeated];
        const at = cut % (all.length + 1);
        const facts = withEntries(withEntries(NO_FACTS, all.slice(0, at)), all.slice(at));

        expect(toState(CONVERSATION, facts)).toEqual(replay(CONVERSATION, entries));
        expect(toldBy(facts)).toEqual(toldBy(withEntries(NO_FACTS, entries)));
      }),
      RUNS,
    );
  });

  it('is the same when the cloud repeats its webhooks and lets them overtake each other', () => {
    fc.assert(
      fc.property(cloud, fc.infiniteStream(fc.nat()), (played, chance) => {
        const screen = replay(CONVERSATION, lateAndTwice(played.entries, chance));

        expect(shown(screen)).toEqual(played.truth);
        expect(screen.phase).toBe(played.phase);
      }),
      RUNS,
    );
  });

  it('is the same whatever the cloud delivers of it for another app, before and in between', () => {
    const mixed = cloud.chain(({ entries }) => {
      const copies = entries.filter(isWebhook).map((entry) => ({ ...entry, appKey: OTHER_APP }));
      return fc.tuple(
        fc.constant(entries),
        fc
          .subarray(copies)
          .chain((some) =>
            fc.shuffledSubarray([...entries, ...some], { minLength: entries.length + some.length }),
          ),
      );
    });

    fc.assert(
      fc.property(mixed, ([entries, all]) => {
        expect(replay(CONVERSATION, all)).toEqual(replay(CONVERSATION, entries));
      }),
      RUNS,
    );
  });

  it('is complete with the cloud’s history, whichever webhooks never came', () => {
    fc.assert(
      fc.property(cloud, fc.infiniteStream(fc.boolean()), (played, chance) => {
        const arrived = played.entries.filter((entry) => !isWebhook(entry) || chance.next().value);

        const screen = toState(CONVERSATION, withHistory(withEntries(NO_FACTS, arrived), played.history));

        expect(shown(screen)).toEqual(played.truth);
        expect(screen.phase).toBe(played.phase);
      }),
      RUNS,
    );
  });

  it('never shows what agents tell each other', () => {
    fc.assert(
      fc.property(cloud, (played) => {
        const { messages } = replay(CONVERSATION, played.entries);
        const known = new Set(played.truth.map(({ key }) => key));

        expect(messages.filter(({ key }) => key !== null && !known.has(key))).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** Webhooks may come late and more than once, but not before what caused them; the log numbers what it gets. */
function lateAndTwice(entries: readonly LogEntry[], chance: Iterator<number>): readonly LogEntry[] {
  const late = entries.flatMap((entry) => {
    const drawn = isWebhook(entry) ? Number(chance.next().value) : 0;
    const copies = drawn % 5 === 4 ? 3 : 1;
    return Array.from({ length: copies }, (_, copy) => ({
      entry,
      at: entry.sequence + (drawn % 7) * 2 + copy * (drawn % 3),
    }));
  });
  return late
    .sort((one, other) => one.at - other.at)
    .map(({ entry }, at): LogEntry => ({ ...entry, sequence: at + 1 }));
}
