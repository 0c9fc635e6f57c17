import { testConfig } from '../../testing/start-bridge.ts';
import { directoryHostOf } from './bridge-config.ts';

describe('the directory that an account is looked up in', () => {
  const config = testConfig();

  it('is that of test accounts when the account begins so, in any case', () => {
    for (const account of ['le1234', 'LE1234', 'Le-7', 'qa42']) {
      expect(directoryHostOf(account, config)).withContext(account).toBe(config.directoryHostQa);
    }
  });

  it('is the usual one for all others', () => {
    for (const account of ['64467156', '1le', 'aqa1']) {
      expect(directoryHostOf(account, config)).withContext(account).toBe(config.directoryHost);
    }
  });
});
