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
    short: $localize`signature valid`,
    long: $localize`The signature is the HMAC of exactly these bytes with the app’s secret.`,
  },
  'header-missing': {
    short: $localize`no signature`,
    long: $localize`A header is missing: account id, client id and X-Liveperson-Signature must all be there. This was not sent by LivePerson, or a proxy removed it.`,
  },
  'header-malformed': {
    short: $localize`bad signature header`,
    long: $localize`X-Liveperson-Signature is not of the form sha1=<base64>, or its digest has the wrong length.`,
  },
  'algorithm-unknown': {
    short: $localize`unknown algorithm`,
    long: $localize`The signature names an algorithm other than sha1 and sha256.`,
  },
  'algorithm-unexpected': {
    short: $localize`other algorithm`,
    long: $localize`The signature is of an algorithm that the bridge does not take (setting WEBHOOK_SIGNATURE).`,
  },
  'encoding-unexpected': {
    short: $localize`other encoding`,
    long: $localize`The signature is written in an encoding that the bridge does not take (setting WEBHOOK_SIGNATURE).`,
  },
  'unknown-app': {
    short: $localize`unknown app`,
    long: $localize`No secret is known for the client id that the webhook names. If it is an app of this account, open the list of apps once, then try again.`,
  },
  'body-differs': {
    short: $localize`signature differs`,
    long: $localize`The signature does not match these bytes: the body was changed on its way, or another secret signed it. If the app has a new one, open the list of apps to read it.`,
  },
  'other-apps-secret': {
    short: $localize`another app’s secret`,
    long: $localize`The signature was made with the secret of another app of this account.`,
  },
  'invalid-json': {
    short: $localize`no JSON`,
    long: $localize`The signature is right, but the body is not valid JSON in UTF-8.`,
  },
  'too-complex': {
    short: $localize`too complex`,
    long: $localize`The signature is right, but the body nests too deep or holds too many members.`,
  },
  'not-a-notification': {
    short: $localize`no notification`,
    long: $localize`The body is JSON, but not a notification of Conversational Cloud.`,
  },
};

/** Refusals of which the bridge says more than that: what the signature is, and what is taken instead. */
export const hasMore = (reason: Reason): boolean =>
  reason === 'algorithm-unexpected' || reason === 'encoding-unexpected';

export const verdictWords = (reason: Reason): Verdict => VERDICTS[reason];
