import { lockProblems } from './lockcheck.mjs';

describe('the lockfile check', () => {
  const manifest = { dependencies: { express: '5.3.0' } };
  const sound = {
    '': { dependencies: { express: '5.3.0' } },
    'node_modules/express': { integrity: 'sha512-a' },
  };

  it('finds nothing wrong with a complete lockfile', () => {
    expect(lockProblems(manifest, { packages: sound })).toEqual([]);
  });

  it('finds a package that is in one of the two files only', () => {
    const packages = { ...sound, '': { dependencies: { express: '5.3.0', cookie: '0.7.2' } } };
    expect(lockProblems(manifest, { packages })).toEqual([
      'dependencies: cookie is undefined in package.json, 0.7.2 in the lockfile',
    ]);
  });

  it('finds a version that is not exact', () => {
    const packages = { ...sound, '': { dependencies: { express: '^5.3.0' } } };
    expect(lockProblems({ dependencies: { express: '^5.3.0' } }, { packages })).toEqual([
      'dependencies: express is "^5.3.0", not an exact version',
    ]);
  });

  it('finds an optional package without an entry, which npm ci would refuse', () => {
    const packages = {
      ...sound,
      'node_modules/express': { integrity: 'sha512-a', optionalDependencies: { 'fast-darwin': '1.0.0' } },
    };
    expect(lockProblems(manifest, { packages })).toEqual([
      'node_modules/express asks for fast-darwin@1.0.0, which has no entry',
    ]);
  });

  it('takes an optional package that stands in a folder above', () => {
    const packages = {
      ...sound,
      'node_modules/express/node_modules/deep': {
        integrity: 'sha512-a',
        optionalDependencies: { inner: '1.0.0', outer: '1.0.0' },
      },
      'node_modules/express/node_modules/inner': { integrity: 'sha512-a' },
      'node_modules/outer': { integrity: 'sha512-a' },
    };
    expect(lockProblems(manifest, { packages })).toEqual([]);
  });

  it('finds download addresses and missing checksums', () => {
    const packages = {
      ...sound,
      'node_modules/express': { resolved: 'https://registry.example/express.tgz' },
    };
    expect(lockProblems(manifest, { packages })).toEqual([
      'node_modules/express names a download address',
      'node_modules/express has no checksum',
    ]);
  });
});
