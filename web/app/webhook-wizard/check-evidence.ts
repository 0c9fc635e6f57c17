import type { SignatureVerdict } from '#protocol/bridge-events';
import type { EndpointCheck, TlsFacts } from '#protocol/endpoint-check';

import { LANGUAGE } from '../ui/language';

/** What was seen on the way to an endpoint, step by step; the steps that were not reached are left out. */
export function evidenceOf(check: EndpointCheck): readonly string[] {
  const { addresses, tls, status, error } = check;
  if (check.url === null) return [];
  return [
    ...(wasCalled(check) ? wordsFor(check.durationMs, timeWords) : [$localize`Not called`]),
    ...(addresses.length > 0 ? [$localize`Address: ${addresses.join(', ')}`] : []),
    ...wordsFor(tls, tlsWords),
    ...wordsFor(status, (code) => $localize`Answer: ${code}`),
    ...(wasCalled(check) ? [arrivalWords(check)] : []),
    ...signatureWords(check),
    ...wordsFor(error, (words) => words.trim().replace(/:$/, '')),
  ];
}

/** What must not be called is looked up at most. */
const wasCalled = ({ cause, durationMs }: EndpointCheck): boolean =>
  durationMs !== null && !['not-https', 'not-public', 'not-local'].includes(cause);

const arrivalWords = ({ hasArrived }: EndpointCheck): string =>
  hasArrived ? $localize`Arrived here` : $localize`Did not arrive here`;

function wordsFor<Value>(value: Value | null, words: (value: Value) => string): readonly string[] {
  return value === null ? [] : [words(value)];
}

function tlsWords({ protocol, names, issuer, validTo, error }: TlsFacts): string {
  const about = [
    names.length === 0 ? '' : $localize`for ${names.slice(0, 3).join(', ')}`,
    issuer === null ? '' : $localize`by ${issuer}`,
    validTo === null ? '' : $localize`until ${DAY.format(validTo)}`,
  ].filter((part) => part !== '');
  const verdict = error === null ? $localize`trusted` : $localize`not trusted (${error})`;
  return $localize`${protocol ?? 'TLS'}, certificate ${verdict}\: ${about.join(', ')}`;
}

const DAY = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' });

/** `12 ms`, `3.4 s`. */
const timeWords = (ms: number): string =>
  ms < 1000 ? $localize`${Math.max(1, Math.round(ms))} ms` : $localize`${(ms / 1000).toFixed(1)} s`;

/** A body that came as it was sent and a signature that does not fit it: the secret is another. */
export const isOtherSecret = ({ cause, signature }: EndpointCheck): boolean =>
  cause === 'signature-refused' && signature === 'body-differs';

function signatureWords(check: EndpointCheck): readonly string[] {
  if (isOtherSecret(check)) return [OTHER_SECRET];
  return wordsFor(check.signature, (verdict) => SIGNATURE_WORDS[verdict]);
}

const OTHER_SECRET = $localize`Signature: made with another secret`;
const SIGNATURE_WORDS: Readonly<Record<SignatureVerdict, string>> = {
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
