import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isLoopback, sessionSecretFor, type SecretSettings } from './session-secret.ts';
import { StartError } from './start-error.ts';

describe('the session secret', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'secret-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const secretOf = (settings: Partial<SecretSettings>): string =>
    sessionSecretFor({ host: '0.0.0.0', given: null, dataDir, isInMemory: () => false, ...settings });

  it('is the one of the setting wherever the bridge listens', () => {
    expect(secretOf({ given: 'given', isInMemory: () => true })).toBe('given');
  });

  it('is made once and kept, also where other machines reach the bridge', () => {
    const first = secretOf({});

    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(secretOf({})).toBe(first);
    expect(secretOf({ host: '127.0.0.1' })).toBe(first);
  });

  it('that would get lost stops the start where other machines reach the bridge, and names the setting', () => {
    expect(() => secretOf({ isInMemory: () => true })).toThrowError(
      StartError,
      /HOST 0\.0\.0\.0 .* set SESSION_SECRET/,
    );
    expect(secretOf({ isInMemory: () => true, host: 'localhost' })).not.toBe('');
  });

  it('that other users can read stops the start where other machines reach the bridge', () => {
    secretOf({});
    chmodSync(join(dataDir, 'session-secret'), 0o644);

    expect(() => secretOf({})).toThrowError(StartError, /can be read by other users/);
    expect(secretOf({ host: '::1' })).not.toBe('');
  });

  it('takes only loopback addresses for private', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'].map(isLoopback)).not.toContain(
      false,
    );
    expect(
      ['0.0.0.0', '::', '10.0.0.1', '127.example.com', 'demo.example.com'].map(isLoopback),
    ).not.toContain(true);
  });
});
