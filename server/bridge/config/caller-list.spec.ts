import { callers, toCallerList, toNamedCallers } from './caller-list.ts';
import { StartError } from './start-error.ts';

describe('a list of callers', () => {
  const cases: readonly (readonly [string, string | undefined, boolean])[] = [
    ['loopback', '127.0.0.1', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '10.0.0.1', false],
    ['loopback', undefined, false],
    ['off', '127.0.0.1', false],
    ['10.0.0.0/8, fd00::/8', '10.9.8.7', true],
    ['10.0.0.0/8, fd00::/8', 'fd00::7', true],
    ['10.0.0.0/8, fd00::/8', '127.0.0.1', false],
    ['loopback,192.0.2.1', '192.0.2.1', true],
    ['uniquelocal', '192.168.1.20', true],
    ['uniquelocal', 'fd00::7', true],
    ['uniquelocal', '127.0.0.1', false],
    ['LinkLocal', '169.254.1.1', true],
    ['linklocal', 'fe80::1%eth0', true],
  ];
  for (const [text, address, isAllowed] of cases) {
    it(`"${text}" ${isAllowed ? 'allows' : 'refuses'} ${address ?? 'an unknown address'}`, () => {
      expect(toCallerList(callers(text))(address)).toBe(isAllowed);
    });
  }

  it('counts nobody as named whom only “loopback” lets in', () => {
    const isNamed = toNamedCallers('loopback, 10.0.0.1');

    expect(isNamed('10.0.0.1')).toBeTrue();
    expect(isNamed('127.0.0.1')).toBeFalse();
    expect(toNamedCallers('127.0.0.1')('127.0.0.1')).toBeTrue();
  });

  for (const text of [
    ...['', 'everybody', 'constructor', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'loopback,'],
    7,
  ]) {
    it(`refuses to be ${JSON.stringify(text)}`, () => {
      expect(() => callers(text)).toThrowError(StartError, /must be off, or addresses/);
    });
  }
});
