import { asAccountId, asConversationId, asUserId } from '#protocol/identifiers';

import { buildEntry, buildNotification } from '../../testing/entries.ts';
import { entryJson, type Audience, type EventStore, type StoredEntry } from './event-store.ts';
import { followEvents } from './follow-events.ts';

const account = asAccountId('demo');
const audience: Audience = { account, owner: asUserId('kim') };

const namesOf = (entries: readonly StoredEntry[]): unknown[] =>
  entries.map(({ payloadJson }) => (JSON.parse(payloadJson) as { clientMessageId: unknown }).clientMessageId);

const payloadOf = (entry: StoredEntry | undefined): Record<string, unknown> =>
  JSON.parse(entry?.payloadJson ?? '{}') as Record<string, unknown>;

const duplicatesOf = async (store: EventStore, owner = audience.owner): Promise<readonly StoredEntry[]> =>
  (await store.readAfter({ account, owner }, 0, 100)).filter(({ kind }) => kind === 'webhook-duplicate');

/**
 * What every event store must do. Each adapter runs it: one port, one behaviour.
 * @param open Gives an empty store; one that has to connect first may take its time.
 */
export function describeEventStore(name: string, open: () => EventStore | Promise<EventStore>): void {
  describe(name, () => {
    it('gives back what was appended, in order, with rising sequences', async () => {
      await using store = await open();

      await store.append([buildEntry({ name: 'a' }), buildEntry({ name: 'b' })]);
      await store.append([buildEntry({ name: 'c' })]);

      const entries = await store.readAfter(audience, 0, 10);
      expect(namesOf(entries)).toEqual(['a', 'b', 'c']);
      expect(
        entries.every((entry, index) => index === 0 || entry.sequence > (entries[index - 1]?.sequence ?? 0)),
      ).toBeTrue();
    });

    it('reads after a sequence and no more than asked for', async () => {
      await using store = await open();
      const [first] = await store.append(['a', 'b', 'c', 'd'].map((name) => buildEntry({ name })));

      const page = await store.readAfter(audience, first?.sequence ?? 0, 2);

      expect(namesOf(page)).toEqual(['b', 'c']);
    });

    it('stores a redelivered event once and says so', async () => {
      await using store = await open();
      const event = buildEntry({ deliveryKey: 'k1' });

      const first = await store.append([event]);
      const again = await store.append([event, event, buildEntry({ name: 'other', deliveryKey: 'k2' })]);

      expect(first.length).toBe(1);
      expect(namesOf(again)).toEqual(['other']);
      expect(namesOf(await store.readAfter(audience, 0, 10))).toEqual(['m1', 'other']);
    });

    it('tells how often a notification came again, in one entry that the next count replaces', async () => {
      await using store = await open();
      const event = buildNotification({ deliveryKey: 'k', conversationId: asConversationId('c7') });
      const [original] = await store.append([event]);

      await store.append([event]);
      const [first] = await duplicatesOf(store);
      await store.append([event, event]);
      await store.append([event]);

      expect(payloadOf(first)).toEqual({ kind: 'webhook-duplicate', original: original?.sequence, count: 1 });
      const again = await duplicatesOf(store);
      expect(again.map((entry) => [entry.conversationId, payloadOf(entry)['count']])).toEqual([['c7', 4]]);
      expect(again[0]?.sequence).toBeGreaterThan(first?.sequence ?? Infinity);
    });

    it('counts each notification’s repetitions for itself, and tells only its own audience', async () => {
      await using store = await open();
      const [own, others] = [
        buildNotification({ deliveryKey: 'k1' }),
        buildNotification({ deliveryKey: 'k2', owner: asUserId('ana') }),
      ];
      const elsewhere = buildNotification({ deliveryKey: 'k1', account: asAccountId('demo2') });
      await store.append([own, others, elsewhere]);

      await store.append([others, elsewhere, others, own]);

      expect((await duplicatesOf(store)).map((entry) => payloadOf(entry)['count'])).toEqual([1]);
      expect((await duplicatesOf(store, asUserId('ana'))).map((entry) => payloadOf(entry)['count'])).toEqual([
        2,
      ]);
    });

    it('wakes followers when a notification came again', async () => {
      await using store = await open();
      const event = buildNotification({ deliveryKey: 'k' });
      await store.append([event]);
      using watch = store.watch(account, new AbortController().signal);

      const woken = watch.changed();
      await store.append([event]);

      await expectAsync(woken).toBeResolved();
    });

    it('tries writing as often as it is asked and leaves nothing in the log', async () => {
      await using store = await open();

      await store.tryWriting();
      await store.tryWriting();

      expect(await store.readAfter(audience, 0, 10)).toEqual([]);
    });

    it('takes the same delivery key for another account', async () => {
      await using store = await open();
      await store.append([buildEntry({ deliveryKey: 'k' })]);

      const other = await store.append([buildEntry({ deliveryKey: 'k', account: asAccountId('demo2') })]);

      expect(other.length).toBe(1);
    });

    it('takes entries without a delivery key as often as they come', async () => {
      await using store = await open();

      await store.append([buildEntry(), buildEntry()]);

      expect((await store.readAfter(audience, 0, 10)).length).toBe(2);
    });

    it('shows a person their own and nobody’s entries of their account, never those of others', async () => {
      await using store = await open();
      await store.append([
        buildEntry({ name: 'own' }),
        buildEntry({ name: 'nobody’s', owner: null }),
        buildEntry({ name: 'another person’s', owner: asUserId('ana') }),
        buildEntry({ name: 'another account’s', account: asAccountId('demo2') }),
        buildEntry({ name: 'nobody’s of another account', account: asAccountId('demo2'), owner: null }),
      ]);

      expect(namesOf(await store.readAfter(audience, 0, 10))).toEqual(['own', 'nobody’s']);
    });

    it('keeps appends of the same moment apart: each gets its own answer', async () => {
      await using store = await open();

      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store.append([buildEntry({ name: `m${index}` })])),
      );

      expect(answers.map((entries) => namesOf(entries))).toEqual(answers.map((_, index) => [`m${index}`]));
    });

    it('writes an entry as the JSON of the log entry', async () => {
      await using store = await open();
      const [stored] = await store.append([buildEntry({ name: 'é "quoted" 😀' })]);

      expect(JSON.parse(entryJson(stored!))).toEqual({
        sequence: stored?.sequence,
        at: stored?.at,
        conversationId: 'c1',
        kind: 'message-sent',
        clientMessageId: 'é "quoted" 😀',
        dialogId: 'c1',
        messageSequence: 0,
      });
    });

    it('knows where its log begins and ends', async () => {
      await using store = await open();
      const before = await store.bounds(account);
      const [stored] = await store.append([buildEntry()]);
      const after = await store.bounds(account);

      expect(before.newest).toBeLessThan(before.first);
      expect(after).toEqual({ first: before.first, droppedThrough: 0, newest: stored?.sequence ?? -1 });
    });

    it('hands a follower the past, then what comes, each entry once and in order', async () => {
      await using store = await open();
      await store.append(Array.from({ length: 120 }, (_, index) => buildEntry({ name: `${index}` })));
      const end = new AbortController();
      const seen: unknown[] = [];

      const appending = (async () => {
        for (let index = 120; index < 300; index += 1) await store.append([buildEntry({ name: `${index}` })]);
      })();
      for await (const { entries } of followEvents(store, { audience, after: 0, signal: end.signal })) {
        seen.push(...namesOf(entries));
        if (seen.length >= 300) end.abort();
      }
      await appending;

      expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => `${index}`));
    });

    it('lets others have their turn while a follower reads a long past', async () => {
      await using store = await open();
      await store.append(Array.from({ length: 500 }, (_, index) => buildEntry({ name: `${index}` })));
      const end = new AbortController();
      let seen = 0;
      let seenAtTurn = -1;
      setImmediate(() => (seenAtTurn = seen));

      for await (const { entries, isEnd } of followEvents(store, {
        audience,
        after: 0,
        signal: end.signal,
      })) {
        seen += entries.length;
        if (isEnd) end.abort();
      }

      expect(seen).toBe(500);
      expect(seenAtTurn).toBeLessThan(500);
    });

    it('ends a follower that waits', async () => {
      await using store = await open();
      const end = new AbortController();
      let pages = 0;

      for await (const { isEnd } of followEvents(store, { audience, after: 0, signal: end.signal })) {
        pages += 1;
        expect(isEnd).toBeTrue();
        setImmediate(() => end.abort());
      }

      expect(pages).toBe(1);
    });

    it('does not wake the followers of another account', async () => {
      await using store = await open();
      const end = new AbortController();
      using watch = store.watch(asAccountId('demo2'), end.signal);
      let isWoken = false;
      const waiting = watch.changed().then(() => (isWoken = true));

      await store.append([buildEntry()]);
      await store.append([buildEntry()]);

      expect(isWoken).toBeFalse();
      end.abort();
      await waiting;
    });

    it('refuses to append after it was closed', async () => {
      const store = await open();
      await store[Symbol.asyncDispose]();

      await expectAsync(store.append([buildEntry()])).toBeRejectedWith(
        jasmine.objectContaining({ code: 'store-unavailable' }),
      );
    });

    it('writes down what was appended in the moment it is closed', async () => {
      const store = await open();
      const appended = store.append([buildEntry()]);

      await store[Symbol.asyncDispose]();

      expect((await appended).length).toBe(1);
    });
  });
}
