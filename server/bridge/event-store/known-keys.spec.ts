import { KnownKeys } from './known-keys.ts';

const FIRST = 1_700_000_000_000;
const anywhere = (): boolean => true;

describe('the known delivery keys', () => {
  it('find each key of each account where it was added', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    const at = (sequence: number) => (found: number) => found === sequence;
    for (let index = 0; index < 50_000; index += 1)
      keys.add(`account ${index % 7}`, `key ${index}`, FIRST + index);

    const missed = Array.from({ length: 50_000 }, (_, index) => index).filter(
      (index) => keys.find(`account ${index % 7}`, `key ${index}`, at(FIRST + index)) !== FIRST + index,
    );

    expect(missed).toEqual([]);
  });

  it('seldom suggest an entry for a key that was never added', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    for (let index = 0; index < 10_000; index += 1) keys.add('a', `key ${index}`, FIRST + index);

    const suggested = Array.from({ length: 10_000 }, (_, index) => keys.find('b', `key ${index}`, anywhere));

    expect(suggested.filter((sequence) => sequence !== null).length).toBeLessThan(10);
  });

  it('tell keys that look alike by the entries themselves', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    for (const sequence of [FIRST, FIRST + 1, FIRST + 2]) keys.add('a', 'k', sequence);

    expect(keys.find('a', 'k', (sequence) => sequence === FIRST + 2)).toBe(FIRST + 2);
    expect(keys.find('a', 'k', () => false)).toBeNull();
  });

  it('leave behind what the log no longer holds', () => {
    let oldest = FIRST;
    const keys = new KnownKeys(FIRST, () => oldest);
    for (let index = 0; index < 20_000; index += 1) {
      keys.add('a', `key ${index}`, FIRST + index);
      oldest = Math.max(FIRST, FIRST + index - 100);
    }

    expect(keys.slots).toBe(1_024);
    expect(keys.find('a', 'key 19990', anywhere)).toBe(FIRST + 19_990);
    expect(keys.find('a', 'key 1', (sequence) => sequence === FIRST + 1)).toBeNull();
  });

  it('hold a key that moves in one place, however often', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    keys.add('a', 'k', FIRST);
    for (let at = FIRST; at < FIRST + 5_000; at += 1) keys.move('a', 'k', { from: at, to: at + 1 });
    const suggested: number[] = [];
    keys.find('a', 'k', (sequence) => suggested.push(sequence) === 0);

    expect(suggested).toEqual([FIRST + 5_000]);
    expect(keys.slots).toBe(1_024);
  });

  it('keep nothing of what is undone, however often it is tried', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    keys.add('a', 'moved', FIRST);
    keys.keep();
    for (let time = 0; time < 5_000; time += 1) {
      keys.add('a', 'added', FIRST + 1);
      keys.move('a', 'moved', { from: FIRST, to: FIRST + 2 });
      keys.undo();
    }

    expect(keys.find('a', 'added', anywhere)).toBeNull();
    expect(keys.find('a', 'moved', anywhere)).toBe(FIRST);
    expect(keys.slots).toBe(1_024);
  });

  it('are as before when more is undone than there was room for', () => {
    const keys = new KnownKeys(FIRST, () => FIRST);
    for (let index = 0; index < 700; index += 1) keys.add('a', `key ${index}`, FIRST + index);
    keys.keep();
    for (let index = 700; index < 5_000; index += 1) keys.add('a', `key ${index}`, FIRST + index);
    keys.move('a', 'key 3', { from: FIRST + 3, to: FIRST + 5_000 });
    keys.undo();

    const found = Array.from({ length: 5_000 }, (_, index) => index).filter(
      (index) => keys.find('a', `key ${index}`, (sequence) => sequence === FIRST + index) !== null,
    );

    expect(found).toEqual(Array.from({ length: 700 }, (_, index) => index));
    expect(keys.slots).toBe(1_024);
  });
});
