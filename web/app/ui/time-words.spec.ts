import { clockWords, dayOf, dayWords, shortWords, timeWords } from './time-words';

describe('time words', () => {
  const now = new Date(2026, 2, 30, 9, 5).getTime();
  const at = (month: number, day: number, hour = 23, year = 2026) =>
    new Date(year, month, day, hour, 7).getTime();

  it('name the day by the calendar, not by hours', () => {
    expect(dayWords(at(2, 30, 0), now)).toBe('Today');
    expect(dayWords(at(2, 29), now)).toBe('Yesterday');
    // A week ago the weekday is the same, the day is not.
    expect(dayWords(at(2, 23), now)).toContain('23');
    expect(dayWords(at(2, 30, 9, 2025), now)).toContain('2025');
  });

  it('are as short as they can be in lists', () => {
    expect(shortWords(at(2, 30, 8), now)).toBe(timeWords(at(2, 30, 8)));
    expect(shortWords(at(2, 27), now).length).toBeLessThan(5);
    expect(shortWords(at(1, 3), now)).toContain('3');
  });

  it('count midnight as 00', () => {
    expect(timeWords(at(2, 30, 0))).toBe('00:07');
    expect(clockWords(at(2, 30, 0))).toBe('00:07:00.000');
    expect(dayOf(at(2, 30, 0))).not.toBe(dayOf(at(2, 29)));
  });
});
