import type { SignatureVerdict } from '#protocol/bridge-events';
import type { EndpointCheck } from '#protocol/endpoint-check';
import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import { LANGUAGE } from '../ui/language';

/** What an event that arrived unchanged and was refused all the same means, and what to do about it. */
export interface RefusalWords {
  readonly cause: string;
  readonly remedy: string;
}

type Seen = Pick<EndpointCheck, 'signature' | 'missingHeaders'>;

/** Why the signature did not hold here; nothing else than what was seen is said. */
export function refusalWords({ signature, missingHeaders }: Seen): RefusalWords {
  if (signature === 'header-missing' && missingHeaders.length > 0) {
    const names = AND.format(missingHeaders.map(asCode));
    return {
      cause:
        missingHeaders.length === 1
          ? $localize`The event arrived unchanged, but without the header ${names}, which vouches for it.`
          : $localize`The event arrived unchanged, but without the headers ${names}, which vouch for it.`,
      remedy: $localize`Let the tunnel or proxy pass all headers on.`,
    };
  }
  return REFUSALS[signature ?? 'body-differs'];
}

/** What was seen of the signature, in a word or two. */
export function signatureEvidence({ signature, missingHeaders }: Seen): string | null {
  if (signature === 'header-missing' && missingHeaders.length > 0) {
    return $localize`Missing: ${missingHeaders.map(asWritten).join(', ')}`;
  }
  return signature === null ? null : EVIDENCE[signature];
}

/** Header names are written so in the documentation, whatever their case on the way. */
const asWritten = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
const asCode = (name: string): string => `\`${asWritten(name)}\``;

const AND = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

const SIGNATURE = asCode(WEBHOOK_HEADERS.signature);
const CLIENT_ID = asCode(WEBHOOK_HEADERS.clientId);
const PASS_SIGNATURE = $localize`Let the tunnel or proxy pass ${SIGNATURE} on as it is.`;
const UNFIT: RefusalWords = {
  cause: $localize`The event arrived unchanged, but with a signature that does not fit it.`,
  remedy: PASS_SIGNATURE,
};
const OTHER_FORM: RefusalWords = {
  cause: $localize`The event arrived unchanged, but signed in a form that this server does not take for this app.`,
  remedy: $localize`${PASS_SIGNATURE} The setting ${'`WEBHOOK_SIGNATURE`'} names the forms that are taken.`,
};

/** A refusal with `valid` is none that anybody has seen; it is worded like the others. */
const REFUSALS: Readonly<Record<SignatureVerdict, RefusalWords>> = {
  valid: UNFIT,
  'body-differs': UNFIT,
  'header-missing': {
    cause: $localize`The event arrived unchanged, but without a header that vouches for it.`,
    remedy: $localize`Let the tunnel or proxy pass all headers on.`,
  },
  'header-malformed': {
    cause: $localize`The event arrived unchanged, but its signature was rewritten: it is not of the form ${'`sha1=<base64>`'}.`,
    remedy: PASS_SIGNATURE,
  },
  'algorithm-unknown': {
    cause: $localize`The event arrived unchanged, but its signature was rewritten: it names an algorithm that LivePerson does not use.`,
    remedy: PASS_SIGNATURE,
  },
  'algorithm-unexpected': OTHER_FORM,
  'encoding-unexpected': OTHER_FORM,
  'unknown-app': {
    cause: $localize`The event arrived unchanged, but its headers name an account or app whose secret this server does not know.`,
    remedy: $localize`Let the tunnel or proxy pass ${asCode(WEBHOOK_HEADERS.account)} and ${CLIENT_ID} on as they are.`,
  },
  'other-apps-secret': {
    cause: $localize`The event arrived unchanged, but its headers name another app of this account than the one that signed it.`,
    remedy: $localize`Let the tunnel or proxy pass ${CLIENT_ID} on as it is.`,
  },
};

const EVIDENCE: Readonly<Record<SignatureVerdict, string>> = {
  valid: $localize`Signature: verified`,
  'header-missing': $localize`Signature: a header is missing`,
  'header-malformed': $localize`Signature: malformed`,
  'algorithm-unknown': $localize`Signature: unknown algorithm`,
  'algorithm-unexpected': $localize`Signature: algorithm not taken here`,
  'encoding-unexpected': $localize`Signature: encoding not taken here`,
  'unknown-app': $localize`Signature: no secret known for the app`,
  'body-differs': $localize`Signature: does not fit these bytes`,
  'other-apps-secret': $localize`Signature: made with the secret of another app`,
};
