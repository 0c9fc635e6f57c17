import { localRules, publicRules } from './address-rules.ts';
import { probe } from './endpoint-probe.ts';

const LIMITS = { connectMs: 1_000, readMs: 1_000 };

describe('the addresses that a check may call', () => {
  const verdictOf = (url: string): string => publicRules.ofUrl(new URL(url));

  it('are https addresses for an account of the cloud', () => {
    expect(verdictOf('https://hooks.example.com/event')).toBe('allowed');
    expect(verdictOf('http://hooks.example.com/event')).toBe('not-https');
  });

  for (const url of [
    'https://localhost/x',
    'https://LOCALHOST:8443/x',
    'https://demo.localhost/x',
    'https://127.0.0.1/x',
    'https://127.1/x',
    'https://2130706433/x',
    'https://[::1]/x',
    'https://0.0.0.0/x',
    'http://localhost:8282/notifications/event',
  ]) {
    it(`are not names of this machine for an account of the cloud: ${url}`, () => {
      expect(verdictOf(url)).toBe('not-public');
    });
  }

  for (const address of [
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '127.0.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1'],
    // What clouds tell their machines of themselves.
    ...['100.100.100.200', '192.0.0.192', 'fd00:ec2::254', '168.63.129.16', '::ffff:169.254.169.254'],
    // IPv4 in other clothes, and ranges that are nobody's.
    ...['64:ff9b:1::a00:1', '::a00:1', '::ffff:0:a00:1', '2001:0:a00:1::1', '192.88.99.1'],
    ...['fec0::1', '3fff::1', '5f00::1', 'fe80::1%lo'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'],
  ]) {
    it(`do not include ${address}`, () => {
      expect(publicRules.ofAddress(address, 443)).toBe('not-public');
    });
  }

  it('include what the internet knows', () => {
    for (const address of ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c']) {
      expect(publicRules.ofAddress(address, 443)).toBe('allowed');
    }
  });

  it('are those of this machine alone for an emulated account', () => {
    const rules = localRules('192.0.2.7');
    const allowed = (url: string): boolean => rules.ofUrl(new URL(url)) === 'allowed';

    expect(
      ['http://localhost:1/', 'http://127.0.0.1/', 'https://[::1]:8284/', 'http://192.0.2.7/'].map(allowed),
    ).toEqual([true, true, true, true]);
    expect(
      ['https://example.com/', 'http://localhost.example.com/', 'http://192.0.2.8/'].map(allowed),
    ).toEqual([false, false, false]);
    expect(rules.ofAddress('93.184.215.14', 443)).toBe('not-local');
  });

  it('are judged by what the name leads to, and by all of it, before anything connects', async () => {
    for (const addresses of [['10.0.0.1'], ['93.184.215.14', '127.0.0.1']]) {
      const result = await probe(
        { url: new URL('https://rebound.example.com/'), headers: {}, body: Buffer.from('{}') },
        { rules: publicRules, limits: LIMITS, lookup: () => Promise.resolve(addresses) },
      );

      expect([result.verdict, result.stage, result.addresses]).toEqual(['not-public', 'lookup', addresses]);
    }
  });

  it('are never looked up when the URL alone says no', async () => {
    let lookups = 0;
    const result = await probe(
      { url: new URL('https://example.com/'), headers: {}, body: Buffer.from('{}') },
      {
        rules: localRules('127.0.0.1'),
        limits: LIMITS,
        lookup: () => {
          lookups += 1;
          return Promise.resolve([]);
        },
      },
    );

    expect([result.verdict, lookups]).toEqual(['not-local', 0]);
  });

  it('may be unknown', async () => {
    const result = await probe(
      { url: new URL('https://gone.example.com/'), headers: {}, body: Buffer.from('{}') },
      {
        rules: publicRules,
        limits: LIMITS,
        lookup: () =>
          Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
      },
    );

    expect([result.stage, result.code]).toEqual(['lookup', 'ENOTFOUND']);
  });
});
