import { webhookSignature } from './webhook-signature.ts';

const SECRET = 'rl9hacst6kqilbofup64n11ga3';
const CHAT_STATE =
  '{"kind":"notification","body":{"changes":[{"originatorId":"2969e404f3be1c8cdda63f0b72d205ab5afb3fe3e3d7d72ab58245f564fdfd91","originatorMetadata":{"id":"2969e404f3be1c8cdda63f0b72d205ab5afb3fe3e3d7d72ab58245f564fdfd91","role":"CONSUMER"},"event":{"type":"ChatStateEvent","chatState":"PAUSE"},"conversationId":"b8b83fe9-75f0-46f2-baaa-2930f7192cfb","dialogId":"b8b83fe9-75f0-46f2-baaa-2930f7192cfb"}]},"type":"ms.MessagingEventNotification"}';
const EMOJI =
  '{"kind":"notification","body":{"changes":[{"sequence":0,"originatorId":"c0ffee","originatorMetadata":{"id":"c0ffee","role":"CONSUMER"},"serverTimestamp":1528371161893,"event":{"type":"ContentEvent","message":"Hi 👋 José","contentType":"text/plain"},"conversationId":"5491244f-e462-4c63-bf4e-faf4b2d3e7b5","dialogId":"5491244f-e462-4c63-bf4e-faf4b2d3e7b5"}]},"type":"ms.MessagingEventNotification"}';

describe('The signature of a webhook (§8.2)', () => {
  const vectors = [
    ['sha1', 'base64', SECRET, CHAT_STATE, 'sha1=e/TfS0wv1HbvEsMqcBMmFLcMslI='],
    ['sha1', 'hex', SECRET, CHAT_STATE, 'sha1=7bf4df4b4c2fd476ef12c32a70132614b70cb252'],
    ['sha256', 'base64', SECRET, CHAT_STATE, 'sha256=PH84lxXVcKluSQQ3Fy8oaaZe1vDHZ3JZMNEQoQjUjsU='],
    ['sha1', 'base64', 'abcdefghijklmnopqrstuvwxyz', EMOJI, 'sha1=zoIq2XZuUs7fcHEZD0Y6PGaqH4M='],
    [
      'sha256',
      'base64',
      'abcdefghijklmnopqrstuvwxyz',
      EMOJI,
      'sha256=7txTUti8otR/oa5g4lNuc0rtmuuNt8szLRw3pffXj6M=',
    ],
    ['sha1', 'base64', 'secret', '{}', 'sha1=XWFgXD/uqXmSEN3LcTB9S6JkIl8='],
  ] as const;
  for (const [algorithm, encoding, secret, body, expected] of vectors) {
    it(`is ${expected} for the documented ${Buffer.byteLength(body)} bytes`, () => {
      expect(webhookSignature(secret, Buffer.from(body, 'utf8'), { algorithm, encoding })).toBe(expected);
    });
  }
});
