import type { NotificationRefused, SignatureVerdict } from '#protocol/bridge-events';

type Reason = SignatureVerdict | NotificationRefused['reason'];

interface Verdict {
  /** For a column. */
  readonly short: string;
  /** What was wrong and what to look at. */
  readonly long: string;
}

const VERDICTS: Readonly<Record<Reason, Verdict>> = {
  valid: {
    short: 'signature valid',
    long: 'The signature is the HMAC of exactly these bytes with the app’s secret.',
  },
  'header-missing': {
    short: 'no signature',
    long: 'The header X-Liveperson-Signature is missing: this was not sent by LivePerson, or a proxy removed it.',
  },
  'header-malformed': {
    short: 'bad signature header',
    long: 'X-Liveperson-Signature is not of the form sha1=<base64>.',
  },
  'algorithm-unknown': {
    short: 'unknown algorithm',
    long: 'The signature names an algorithm other than sha1 and sha256.',
  },
  'algorithm-unexpected': {
    short: 'other algorithm',
    long: 'The signature is of an algorithm that the bridge does not take (setting WEBHOOK_SIGNATURE).',
  },
  'encoding-unexpected': {
    short: 'other encoding',
    long: 'The signature is written in an encoding that the bridge does not take (setting WEBHOOK_SIGNATURE).',
  },
  'unknown-app': {
    short: 'unknown app',
    long: 'The account has no app with the client id that the webhook names.',
  },
  'body-differs': {
    short: 'signature differs',
    long: 'The signature does not match these bytes: the body was changed on its way, or another secret signed it.',
  },
  'other-apps-secret': {
    short: 'another app’s secret',
    long: 'The signature was made with the secret of another app of this account.',
  },
  'invalid-json': { short: 'no JSON', long: 'The body is not valid JSON.' },
  'too-complex': {
    short: 'too complex',
    long: 'The signature is right, but the body nests too deep or holds too many members.',
  },
  'not-a-notification': {
    short: 'no notification',
    long: 'The body is JSON, but not a notification of Conversational Cloud.',
  },
};

export const verdictWords = (reason: Reason): Verdict => VERDICTS[reason];
