import type { CallUnderWay } from '#protocol/bridge-events';
import { asAccountId, asUserId } from '#protocol/identifiers';

import { CallsUnderWayBook } from './calls-under-way-book.ts';

const KIM = { account: asAccountId('demo'), owner: asUserId('kim') };
const ANA = { account: asAccountId('demo'), owner: asUserId('ana') };

const callOf = (exchangeId: string): CallUnderWay => ({
  ...{ exchangeId, service: 'idp', summary: 'consumer token', attempt: 1, startedAt: 0 },
  ...{
    conversationId: null,
    request: { method: 'POST', url: 'https://idp.example', headers: {}, body: null },
  },
});

describe('the book of calls under way', () => {
  it('tells of a call and of its end those for whom it was made, and nobody else', async () => {
    const book = new CallsUnderWayBook(0);
    const seen: (readonly string[])[] = [];
    const changes = readingsOf(book, seen);
    book.watch(ANA, () => fail('that call is not hers'));

    const end = book.add(KIM, callOf('a'));
    await changes.next();
    end();
    await changes.next();

    expect(seen).toEqual([['a'], []]);
    expect(book.of(ANA)).toEqual([]);
  });

  it('tells nothing of a call that was answered before', async () => {
    const book = new CallsUnderWayBook(0);
    const seen: (readonly string[])[] = [];
    const changes = readingsOf(book, seen);

    book.add(KIM, callOf('quick'))();
    await new Promise((resolve) => setTimeout(resolve, 0));
    book.add(KIM, callOf('slow'));
    await changes.next();

    expect(seen).toEqual([['slow']]);
  });

  it('tells of the end whoever has read the call meanwhile, by being new', async () => {
    const book = new CallsUnderWayBook(0);
    const seen: (readonly string[])[] = [];
    const changes = readingsOf(book, seen);

    const end = book.add(KIM, callOf('a'));
    expect(book.of(KIM).length).toBe(1);
    end();
    await changes.next();

    expect(seen).toEqual([[]]);
  });
});

/** Writes down what Kim reads at each change. */
function readingsOf(book: CallsUnderWayBook, seen: (readonly string[])[]) {
  let wake: (() => void) | undefined;
  book.watch(KIM, () => {
    seen.push(book.of(KIM).map(({ exchangeId }) => exchangeId));
    wake?.();
  });
  return { next: () => new Promise<void>((resolve) => (wake = resolve)) };
}
