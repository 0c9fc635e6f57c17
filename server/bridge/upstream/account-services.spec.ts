import { asAccountId } from '#protocol/identifiers';

import { serviceOrigin } from './account-services.ts';

const originFor = (account: string, host: string, directoryOrigin: string): string | null => {
  try {
    return serviceOrigin(
      { account: asAccountId(account), directoryOrigin, hosts: { sentinel: host } },
      'sentinel',
    );
  } catch {
    return null;
  }
};

describe('where a service of a real account may be', () => {
  const allowed: readonly (readonly [string, string])[] = [
    ['va.sentinel.liveperson.net', 'https://va.sentinel.liveperson.net'],
    ['VA.Sentinel.LivePerson.NET', 'https://va.sentinel.liveperson.net'],
    ['x.dev.lprnd.net', 'https://x.dev.lprnd.net'],
    ['va.idp.liveperson.net:443', 'https://va.idp.liveperson.net'],
    ['va.idp.liveperson.net:8443', 'https://va.idp.liveperson.net:8443'],
  ];
  for (const [host, origin] of allowed) {
    it(`is ${host}, by https`, () => {
      expect(originFor('64467156', host, 'https://api.liveperson.net')).toBe(origin);
    });
  }

  const refused = [
    'liveperson.net.evil.example',
    'evilliveperson.net',
    'evil.example',
    'localhost',
    '127.0.0.1:8283',
    '169.254.169.254',
    '[::1]',
    'user@va.sentinel.liveperson.net',
    'va.sentinel.liveperson.net/path',
    'va.sentinel.liveperson.net?x',
    'va.sentinel.liveperson.net#x',
    'evil.example\\.liveperson.net',
    'evil.example/.liveperson.net',
    '.liveperson.net',
    '..liveperson.net',
    '*.liveperson.net',
    'va.sentinel.liveperson.net.',
    'va.sentinel.livepersоn.net',
    'va.sentinel。liveperson.net',
    'va%2esentinel.liveperson.net',
    'va.sentinel.liveperson.net:99999',
    'va.sentinel.liveperson.net\n',
    'http://va.sentinel.liveperson.net',
    '',
    ' ',
  ];
  for (const host of refused) {
    it(`is not ${JSON.stringify(host)}`, () => {
      expect(originFor('64467156', host, 'https://api.liveperson.net')).toBeNull();
    });
  }
});

describe('where a service of an emulated account may be', () => {
  const emulator = 'http://127.0.0.1:8283';

  it('is the emulator that named it', () => {
    expect(originFor('demo', '127.0.0.1:8283', emulator)).toBe(emulator);
  });

  for (const host of [
    '127.0.0.1:8284',
    'localhost:8283',
    'va.sentinel.liveperson.net',
    '127.0.0.1',
    'x@127.0.0.1:8283',
  ]) {
    it(`is not ${host}`, () => {
      expect(originFor('demo', host, emulator)).toBeNull();
      expect(originFor('DEMO-7', host, emulator)).toBeNull();
    });
  }

  it('is nowhere when the directory does not list it', () => {
    const services = { account: asAccountId('demo'), directoryOrigin: emulator, hosts: {} };
    expect(() => serviceOrigin(services, 'idp')).toThrowMatching(
      (error: { code?: unknown; message: string }) =>
        error.code === 'service-missing' && error.message.includes('idp'),
    );
  });
});
