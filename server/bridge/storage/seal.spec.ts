import { createSeal } from './seal.ts';

const SECRET = 'x'.repeat(32);

describe('a seal', () => {
  const seal = createSeal(SECRET, 'sessions');

  it('opens what it closed', () => {
    expect(seal.open(seal.close('Grüße 😀', 'row 1'), 'row 1')).toBe('Grüße 😀');
  });

  it('never writes the same text the same way, nor in clear', () => {
    const [one, two] = [seal.close('top secret', 'r'), seal.close('top secret', 'r')];

    expect(Buffer.from(one).equals(Buffer.from(two))).toBeFalse();
    expect(Buffer.from(one).includes('top secret')).toBeFalse();
  });

  it('does not open in another context, for another purpose or with another secret', () => {
    const sealed = seal.close('top secret', 'row 1');

    expect(seal.open(sealed, 'row 2')).toBeNull();
    expect(createSeal(SECRET, 'app-secrets').open(sealed, 'row 1')).toBeNull();
    expect(createSeal('y'.repeat(32), 'sessions').open(sealed, 'row 1')).toBeNull();
  });

  it('does not open when any one bit was changed', () => {
    const sealed = seal.close('top', 'r');

    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(seal.open(changed, 'r')).toBeNull();
    }
    expect(seal.open(sealed.subarray(0, 20), 'r')).toBeNull();
  });
});
