import { createHmac, randomBytes } from 'node:crypto';

import { hmac } from './hmac.ts';

describe('HMAC', () => {
  const keys = [
    '',
    'k',
    'é😀',
    'a'.repeat(63),
    'a'.repeat(64),
    'a'.repeat(65),
    'é'.repeat(32),
    'é'.repeat(33),
  ];
  const sizes = [0, 1, 55, 64, 700, 16 * 1024, 16 * 1024 + 1, 100_000];

  for (const algorithm of ['sha1', 'sha256'] as const) {
    for (const encoding of ['base64', 'hex'] as const) {
      it(`is by ${algorithm} in ${encoding} what the library makes of any key and body`, () => {
        for (const key of keys) {
          for (const size of sizes) {
            const body = randomBytes(size);
            const expected = createHmac(algorithm, key).update(body).digest(encoding);
            expect(hmac(algorithm, key, body, encoding)).toBe(expected);
          }
        }
      });
    }
  }

  it('keeps nothing of the key and the body before', () => {
    hmac('sha256', 'a much longer key', randomBytes(1_000), 'hex');

    expect(hmac('sha1', 'k', Buffer.from('b'), 'hex')).toBe(
      createHmac('sha1', 'k').update('b').digest('hex'),
    );
  });

  it('reads bytes from the middle of larger ones', () => {
    const body = randomBytes(100).subarray(10, 60);

    expect(hmac('sha1', 'k', body, 'base64')).toBe(createHmac('sha1', 'k').update(body).digest('base64'));
  });
});
