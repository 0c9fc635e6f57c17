import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepareDataFolder, sessionSecretIn } from './data-folder.ts';
import { StartError } from './start-error.ts';

describe('the data folder', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'data-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made when it is absent, for this user only', () => {
    const inner = join(folder, 'a', 'b');

    prepareDataFolder(inner);

    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it('that is a file stops the start', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    expect(() => prepareDataFolder(file)).toThrowError(StartError, /DATA_DIR .* cannot be written/);
  });

  it('keeps one secret, readable by this user only', () => {
    const first = sessionSecretIn(folder);

    expect(sessionSecretIn(folder)).toBe(first);
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(folder, 'session-secret')).mode & 0o777).toBe(0o600);
  });

  it('with a damaged secret stops the start instead of using it', () => {
    writeFileSync(join(folder, 'session-secret'), 'x');

    expect(() => sessionSecretIn(folder)).toThrowError(StartError, /no usable secret/);
    expect(readFileSync(join(folder, 'session-secret'), 'utf8')).toBe('x');
  });
});
