import type { NotificationRefused } from '#protocol/bridge-events';

/** Why a webhook was not taken, and what to do about it. */
export const REFUSAL_WORDS: Readonly<Record<NotificationRefused['reason'], string>> = {
  valid: 'The signature is right.',
  'header-missing':
    'A header is missing: account id, client id and signature must all be there. A proxy may have removed it.',
  'header-malformed':
    'The signature header has not the form sha1=<base64>, or its digest has the wrong length.',
  'algorithm-unknown': 'The signature names an algorithm other than sha1 and sha256.',
  'algorithm-unexpected':
    'The signature uses an algorithm that is not taken here. The setting WEBHOOK_SIGNATURE lists what is.',
  'encoding-unexpected':
    'The signature is written in an encoding that is not taken here: LivePerson writes Base64. The setting WEBHOOK_SIGNATURE lists what is taken.',
  'unknown-app':
    'No secret is known for this client id. Open the list of apps once so that its secret is read, then try again.',
  'body-differs':
    'The signature does not fit these bytes. Something on the way changed the body, or the app has a new secret: open the list of apps to read it.',
  'other-apps-secret': 'The webhook was signed with the secret of another app of this account.',
  'invalid-json': 'The signature is right, but the body is no valid JSON in UTF-8.',
  'too-complex': 'The signature is right, but the body nests too deep or holds too many members.',
  'not-a-notification': 'The signature is right, but the body has no list of changes.',
};
