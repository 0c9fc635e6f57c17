import { buildInstallation } from '../testing/build-installation';
import {
  afterCheck,
  asStep,
  eligibleApps,
  stepAfter,
  stepBefore,
  stepStates,
  stepToShow,
  type WizardFacts,
} from './wizard-state';

const READY: WizardFacts = { messaging: 'enabled', hasApp: true, areEndpointsSettled: true };

describe('stepStates', () => {
  it('opens everything when all is done; the check can always be looked at again', () => {
    expect(stepStates(READY)).toEqual({ messaging: 'done', app: 'done', endpoints: 'done', check: 'open' });
  });

  it('blocks what comes after the first step that is not done', () => {
    expect(stepStates({ ...READY, hasApp: false })).toEqual({
      messaging: 'done',
      app: 'open',
      endpoints: 'blocked',
      check: 'blocked',
    });
  });
});

describe('the steps after a check', () => {
  const states = stepStates(READY);

  it('are all done when it found nothing', () => {
    expect(afterCheck(states, new Set())).toEqual({ ...states, check: 'done' });
  });

  it('say where what it found is mended', () => {
    expect(afterCheck(states, new Set(['app', 'endpoints']))).toEqual({
      ...{ messaging: 'done', app: 'wrong', endpoints: 'wrong', check: 'open' },
    });
  });

  it('stay as they are where something is to be done before', () => {
    const blocked = stepStates({ ...READY, hasApp: false });

    expect(afterCheck(blocked, new Set(['endpoints']))).toEqual(blocked);
  });
});

describe('stepToShow', () => {
  it('leads back to the step that must be done first', () => {
    expect(stepToShow('check', READY)).toBe('check');
    expect(stepToShow('check', { ...READY, areEndpointsSettled: false })).toBe('endpoints');
    expect(stepToShow('endpoints', { ...READY, messaging: 'disabled' })).toBe('messaging');
    expect(stepToShow('app', { ...READY, areEndpointsSettled: false })).toBe('app');
  });

  it('lets one go on when the account does not tell whether messaging is on', () => {
    expect(stepToShow('app', { ...READY, messaging: 'unknown' })).toBe('app');
  });
});

describe('the row of steps', () => {
  it('has an end on both sides', () => {
    expect([stepBefore('messaging'), stepAfter('messaging'), stepAfter('check')]).toEqual([
      'messaging',
      'app',
      'check',
    ]);
  });

  it('reads a step from the URL only when there is one', () => {
    expect(asStep('app', 'messaging')).toBe('app');
    expect(asStep('nonsense', 'messaging')).toBe('messaging');
    expect(asStep(undefined, 'endpoints')).toBe('endpoints');
  });
});

describe('eligibleApps', () => {
  it('offers enabled connector apps by name', () => {
    const apps = [
      buildInstallation({ id: '1', name: 'Zoo' }),
      buildInstallation({ id: '2', name: 'Ape' }),
      buildInstallation({ id: '3', enabled: false }),
      buildInstallation({ id: '4', scope: 'agent.read' }),
      buildInstallation({ id: '5', deleted: true }),
    ];

    expect(eligibleApps(apps).map(({ client_name }) => client_name)).toEqual(['Ape', 'Zoo']);
  });
});
