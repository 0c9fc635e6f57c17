import { asAccountId, asUserId } from '#protocol/identifiers';

import { RecentEntries, type OwnedEntry } from './recent-entries.ts';

const account = asAccountId('demo');
const kim = asUserId('kim');
const audience = { account, owner: kim };

function entry(sequence: number, parts: Partial<OwnedEntry> & { readonly size?: number } = {}): OwnedEntry {
  const { size = 2, ...others } = parts;
  const stored = {
    ...{ sequence, at: 0, conversationId: null, kind: 'message-sent' as const },
    payloadJson: 'x'.repeat(size),
  };
  return { account, owner: kim, stored, ...others };
}

const sequencesOf = (recent: RecentEntries, after: number, limit = 100): number[] | undefined =>
  recent.after(audience, after, limit)?.map(({ sequence }) => sequence);

describe('recent entries', () => {
  it('are given after a sequence, in order and no more than asked for', () => {
    const recent = new RecentEntries(10);
    recent.add([entry(11), entry(13)]);
    recent.add([entry(14)]);

    expect(sequencesOf(recent, 10)).toEqual([11, 13, 14]);
    expect(sequencesOf(recent, 12)).toEqual([13, 14]);
    expect(sequencesOf(recent, 10, 2)).toEqual([11, 13]);
    expect(sequencesOf(recent, 14)).toEqual([]);
  });

  it('are not given to a reader who lacks older ones', () => {
    const recent = new RecentEntries(10);
    recent.add([entry(11)]);

    expect(sequencesOf(recent, 9)).toBeUndefined();
  });

  it('are one’s own and nobody’s of one’s account', () => {
    const recent = new RecentEntries(0);
    recent.add([
      entry(1),
      entry(2, { owner: null }),
      entry(3, { owner: asUserId('ana') }),
      entry(4, { account: asAccountId('demo2') }),
    ]);

    expect(sequencesOf(recent, 0)).toEqual([1, 2]);
  });

  it('are bounded by number', () => {
    const recent = new RecentEntries(0, { entries: 10, bytes: 1_000 });
    for (let sequence = 1; sequence <= 100; sequence += 1) recent.add([entry(sequence)]);

    expect(sequencesOf(recent, 89)).toBeUndefined();
    expect(sequencesOf(recent, 95)).toEqual([96, 97, 98, 99, 100]);
  });

  it('are bounded by bytes, whatever the size of one', () => {
    const recent = new RecentEntries(0, { entries: 10, bytes: 1_000 });
    recent.add([entry(1), entry(2, { size: 2_000 })]);

    expect(sequencesOf(recent, 1)).toBeUndefined();
    expect(sequencesOf(recent, 2)).toEqual([]);
  });
});
