import fc from 'fast-check';

import { isSameJson } from './json-value';
import type { Manifest } from './manifest';
import { changedPaths, differences, merge, proposedChoices, valueAt } from './manifest-diff';
import { pathWords, valueWords } from './path-words';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

const withContent = (endpoint: unknown, more: Manifest = {}): Manifest => ({
  client_name: 'Bridge',
  capabilities: { webhooks: { [CONTENT]: endpoint } },
  ...more,
});

const manifests = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('x', 'y'), fc.jsonValue())),
);

describe('differences', () => {
  it('names what the other side changed, down to the member, and whether it was changed here too', () => {
    const base = withContent({ endpoint: 'https://a.example', max_retries: 0 });
    const mine = withContent({ endpoint: 'https://mine.example', max_retries: 0 });
    const theirs = withContent(
      { endpoint: 'https://theirs.example', max_retries: 2 },
      { description: 'new' },
    );

    const found = differences(base, mine, theirs);

    expect(found.map(({ path, isContested }) => [pathWords(path), isContested])).toEqual([
      ['Messages · URL', true],
      ['Messages · Maximum retries', false],
      ['Description', false],
    ]);
    expect(proposedChoices(found)).toEqual(
      Object.fromEntries(found.map(({ id }, index) => [id, index === 0 ? 'mine' : 'theirs'])),
    );
  });

  it('finds none where both did the same, or only I did something', () => {
    const base = withContent({ endpoint: 'https://a.example' });
    const edited = withContent({ endpoint: 'https://b.example' });

    expect(differences(base, edited, edited)).toEqual([]);
    expect(differences(base, edited, base)).toEqual([]);
  });

  it('shows an endpoint as one thing when they removed it while I edited it', () => {
    const base = withContent({ endpoint: 'https://a.example' });
    const mine = withContent({ endpoint: 'https://mine.example' });
    const theirs: Manifest = { client_name: 'Bridge', capabilities: { webhooks: {} } };

    const [found] = differences(base, mine, theirs);

    expect(found?.path).toEqual(['capabilities', 'webhooks', CONTENT]);
    expect(found?.theirs).toBeUndefined();
  });
});

describe('merge', () => {
  it('takes every chosen value and keeps all else of mine', () => {
    const base = withContent({ endpoint: 'https://a.example' });
    const mine = withContent({ endpoint: 'https://mine.example' }, { client_name: 'Mine' });
    const theirs = withContent({ endpoint: 'https://theirs.example' }, { scope: 'x' });
    const found = differences(base, mine, theirs);

    const all = merge(mine, found, Object.fromEntries(found.map(({ id }) => [id, 'theirs'])));

    expect(all).toEqual(
      withContent({ endpoint: 'https://theirs.example' }, { client_name: 'Mine', scope: 'x' }),
    );
    expect(merge(mine, found, {})).toEqual(mine);
  });

  it('removes what they removed', () => {
    const base = withContent(null, { old: 1, empty: null });
    const theirs: Manifest = { ...withContent(null), empty: null };
    const found = differences(base, base, theirs);

    expect(merge(base, found, proposedChoices(found))).toEqual(theirs);
  });

  it('is theirs when nothing was edited here, and loses no edit when they changed nothing', () => {
    fc.assert(
      fc.property(manifests, manifests, (base, other) => {
        const news = differences(base, base, other);
        expect(isSameJson(merge(base, news, proposedChoices(news)), other)).toBeTrue();
        expect(differences(base, other, base)).toEqual([]);
      }),
    );
  });

  it('leaves nothing to choose once it was chosen', () => {
    fc.assert(
      fc.property(manifests, manifests, manifests, (base, mine, theirs) => {
        const found = differences(base, mine, theirs);
        const merged = merge(mine, found, Object.fromEntries(found.map(({ id }) => [id, 'theirs'])));
        expect(differences(base, merged, theirs)).toEqual([]);
      }),
    );
  });
});

describe('changedPaths', () => {
  it('counts what differs', () => {
    expect(changedPaths({ a: 1, b: { c: 1 } }, { a: 2, b: { c: 1, d: 1 } })).toEqual([['a'], ['b', 'd']]);
  });
});

describe('valueAt', () => {
  it('finds a value, or nothing', () => {
    expect(valueAt({ a: { 'b.c': 1 } }, ['a', 'b.c'])).toBe(1);
    expect(valueAt({ a: [{ b: 1 }, { b: 2 }] }, ['a', '1', 'b'])).toBe(2);
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
  });
});

describe('valueWords', () => {
  it('says each kind of value as a person would', () => {
    expect([undefined, '', true, 'x', [], ['a', 'b'], 3].map(valueWords)).toEqual([
      'Not set',
      'Empty',
      'Yes',
      'x',
      'None',
      'a, b',
      '3',
    ]);
    expect(valueWords([{ header_name: 'X-A', header_value: '1' }])).toBe('X-A: 1');
    expect(pathWords(['custom', 'deep'])).toBe('custom · deep');
  });
});
