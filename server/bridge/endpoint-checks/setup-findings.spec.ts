import { setupFindings, type SetupFacts } from './setup-findings.ts';

const FINE: SetupFacts = {
  ...{ isAppEnabled: true, isMessagingEnabled: true, secret: 'known' },
  ...{ changedAt: null, now: 1_000_000, effectMs: 120_000 },
};

describe('what keeps notifications away', () => {
  it('is nothing when all is well', () => {
    expect(setupFindings(FINE)).toEqual([]);
  });

  it('is a change of the last two minutes, and it says until when', () => {
    const changedAt = FINE.now - 119_999;

    expect(setupFindings({ ...FINE, changedAt })).toEqual([
      { kind: 'change-pending', changedAt, inEffectAt: FINE.now + 1 },
    ]);
    expect(setupFindings({ ...FINE, changedAt: FINE.now - 120_000 })).toEqual([]);
  });

  it('is no change where changes take effect at once', () => {
    expect(setupFindings({ ...FINE, changedAt: FINE.now, effectMs: 0 })).toEqual([]);
  });

  it('may be several things at once', () => {
    const facts: SetupFacts = { ...FINE, isAppEnabled: false, isMessagingEnabled: false, secret: 'missing' };

    expect(setupFindings(facts).map(({ kind }) => kind)).toEqual([
      'app-disabled',
      'messaging-off',
      'secret-missing',
    ]);
  });
});
