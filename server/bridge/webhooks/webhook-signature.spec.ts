import { createHmac } from 'node:crypto';

import {
  CHAT_STATE_BODY,
  CLOSE_BODY,
  EMOJI_BODY,
  RECORDED_SECRET,
} from '../../testing/recorded-notifications.ts';
import { verifySignature } from './webhook-signature.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly sizeBytes: number;
  readonly headers: readonly string[];
}

/** @see PROTOCOL.md §8.2 */
const VECTORS: readonly Vector[] = [
  {
    name: 'the recorded chat state (example 1)',
    secret: RECORDED_SECRET,
    body: CHAT_STATE_BODY,
    sizeBytes: 440,
    headers: ['sha1=e/TfS0wv1HbvEsMqcBMmFLcMslI=', 'sha256=PH84lxXVcKluSQQ3Fy8oaaZe1vDHZ3JZMNEQoQjUjsU='],
  },
  {
    name: 'the recorded close of a conversation (example 2)',
    secret: RECORDED_SECRET,
    body: CLOSE_BODY,
    sizeBytes: 1020,
    headers: ['sha1=CKiT6u4nb4Mpi0tdbCbgBXKAF1E=', 'sha256=bcKJjIvTd3VYmQHR0dcqsI76LtNiHK5XiK5XTl6ZbhE='],
  },
  {
    name: 'a text with emoji and é (example 3)',
    secret: 'abcdefghijklmnopqrstuvwxyz',
    body: EMOJI_BODY,
    sizeBytes: 400,
    headers: ['sha1=zoIq2XZuUs7fcHEZD0Y6PGaqH4M=', 'sha256=7txTUti8otR/oa5g4lNuc0rtmuuNt8szLRw3pffXj6M='],
  },
  {
    name: 'the tiny body (example 4)',
    secret: 'secret',
    body: '{}',
    sizeBytes: 2,
    headers: ['sha1=XWFgXD/uqXmSEN3LcTB9S6JkIl8=', 'sha256=dzJZAsrKgS3CWXM6rNBGtzgXNyx3e42VtAJkdHRRbhM='],
  },
];

describe('the signature of a webhook', () => {
  for (const { name, secret, body, sizeBytes, headers } of VECTORS) {
    for (const header of headers) {
      const algorithm = header.split('=', 1).join('');

      it(`verifies ${name} by ${algorithm}`, () => {
        expect(bytes(body).length).toBe(sizeBytes);
        expect(verifySignature({ header, body: bytes(body), secret })).toBe('valid');
      });

      it(`refuses ${name} by ${algorithm} when any one byte differs`, () => {
        for (let index = 0; index < bytes(body).length; index += 1) {
          const changed = Uint8Array.from(bytes(body));
          changed[index] = (changed[index] ?? 0) ^ 1;
          expect(verifySignature({ header, body: changed, secret })).toBe('body-differs');
        }
      });

      it(`refuses ${name} by ${algorithm} with another secret`, () => {
        expect(verifySignature({ header, body: bytes(body), secret: `${secret}x` })).toBe('body-differs');
      });

      it(`refuses ${name} by ${algorithm} when it is written in hex`, () => {
        const hex = createHmac(algorithm, secret).update(bytes(body)).digest('hex');
        expect(verifySignature({ header: `${algorithm}=${hex}`, body: bytes(body), secret })).toBe(
          'encoding-unexpected',
        );
      });
    }
  }

  it('refuses the digests that wrong handling of emoji makes (example 3)', () => {
    for (const digest of [
      '+iuoE4QTzpulbALju7sdS8qmBoA=',
      'oiIv/UdNudkWiI6f+XTcmzJVLyo=',
      '8xvh/F/VMTX1zlbZfRXkF7MK/r0=',
    ]) {
      const check = {
        header: `sha1=${digest}`,
        body: bytes(EMOJI_BODY),
        secret: 'abcdefghijklmnopqrstuvwxyz',
      };
      expect(verifySignature(check)).toBe('body-differs');
    }
  });

  const check = { body: bytes('{}'), secret: 'secret' };
  const good = 'XWFgXD/uqXmSEN3LcTB9S6JkIl8=';

  const malformed = [
    '',
    '=',
    'sha1',
    'sha1=',
    `=${good}`,
    `sha1=${good}=`,
    `sha1=${good.slice(1)}`,
    'sha1=XWFgXD_uqXmSEN3LcTB9S6JkIl8=',
  ];
  for (const header of malformed) {
    it(`says what is wrong with the header ${JSON.stringify(header)}`, () => {
      const expected = header === '' ? 'header-missing' : 'header-malformed';
      expect(verifySignature({ ...check, header })).toBe(expected);
    });
  }

  it('refuses the digest of one algorithm under the name of another', () => {
    expect(verifySignature({ ...check, header: `sha256=${good}` })).toBe('header-malformed');
  });

  it('tells an unknown algorithm and one that is not taken', () => {
    expect(verifySignature({ ...check, header: `md5=${good}` })).toBe('algorithm-unknown');
    expect(verifySignature({ ...check, header: `constructor=${good}` })).toBe('algorithm-unknown');
    expect(
      verifySignature({ ...check, header: `sha1=${good}`, forms: ['sha256-base64', 'sha256-hex'] }),
    ).toBe('algorithm-unexpected');
  });

  it('tells when another app’s secret was used', () => {
    const otherSecrets = () => ['nope', 'secret'];
    expect(verifySignature({ ...check, secret: 'mine', header: `sha1=${good}`, otherSecrets })).toBe(
      'other-apps-secret',
    );
  });

  it('refuses a digest with other trailing bits, which decode to the same bytes', () => {
    // "8=" and "9=" differ in bits that Base64 throws away.
    expect(verifySignature({ ...check, header: `sha1=${good.replace('8=', '9=')}` })).toBe('body-differs');
  });
});
