import type { Connection } from '../bridge/connection';
import { chipWords, connectionWords, lastHeardWords } from './connection-words';

describe('connectionWords', () => {
  const cases: readonly (readonly [Connection, string])[] = [
    [{ kind: 'closed' }, 'Closed'],
    [{ kind: 'connecting' }, 'Connecting'],
    [{ kind: 'live' }, 'Live'],
    [{ kind: 'catching-up', received: 1234 }, 'Catching up (1,234 so far)'],
    [{ kind: 'gap', missed: 7 }, 'Gap (7 missed)'],
    [{ kind: 'gap', missed: null }, 'Gap (some missed)'],
    [{ kind: 'reconnecting', since: 10_000 }, 'Reconnecting (for 5 s)'],
    [{ kind: 'offline' }, 'Offline'],
  ];

  for (const [connection, label] of cases) {
    it(`says “${label}”`, () => {
      expect(connectionWords(connection, 15_500).label).toBe(label);
    });
  }

  it('announces a state without its numbers, so that each second is not read out', () => {
    expect(connectionWords({ kind: 'reconnecting', since: 0 }, 9_000).state).toBe('Reconnecting');
  });

  it('tells that the server cannot store, where nothing worse is to tell', () => {
    const labelOf = (connection: Connection, isStoring: boolean) => chipWords(connection, isStoring, 0).label;

    expect(labelOf({ kind: 'live' }, false)).toBe('Not storing');
    expect(labelOf({ kind: 'gap', missed: null }, false)).toBe('Not storing');
    expect(labelOf({ kind: 'offline' }, false)).toBe('Offline');
    expect(labelOf({ kind: 'live' }, true)).toBe('Live');
  });

  it('says what it counts while it catches up, and promises nothing of a silent server that may be down', () => {
    const explain = (connection: Connection) => connectionWords(connection, 0).explanation;

    expect(explain({ kind: 'catching-up', received: 1 })).toContain(
      '1 stored event that this page had not seen',
    );
    expect(explain({ kind: 'catching-up', received: 38 })).toContain(
      '38 stored events that this page had not seen',
    );
    expect(explain({ kind: 'reconnecting', since: 0 })).not.toContain('Nothing is lost');
  });

  it('speaks of what the person sees, not of a stream that no screen names, nor of a page that stays as it is', () => {
    const explain = (connection: Connection) => connectionWords(connection, 0).explanation;
    const all = cases.map(([connection]) => explain(connection)).join(' ');

    expect(all).not.toMatch(/stream/i);
    expect(explain({ kind: 'live' })).toContain('show in the workbench');
  });

  it('tells the age of the last sign of life', () => {
    expect(lastHeardWords(1_000, 5_900)).toBe('Last sign of life 4 s ago.');
    expect(lastHeardWords(5_000, 5_900)).toBe('Last sign of life just now.');
    expect(lastHeardWords(null, 0)).toBe('No sign of life yet.');
  });
});
