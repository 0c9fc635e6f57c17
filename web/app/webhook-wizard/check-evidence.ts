import type { EndpointCheck, TlsFacts } from '#protocol/endpoint-check';

import { LANGUAGE } from '../ui/language';
import { signatureEvidence } from './signature-words';

/**
 * What was seen on the way to an endpoint, step by step; the steps that were not reached are left out.
 *
 * @param signature What is known of the signature; what was seen of it unless something else is known.
 */
export function evidenceOf(check: EndpointCheck, signature = signatureEvidence(check)): readonly string[] {
  const { addresses, tls, status, error } = check;
  if (check.url === null) return [];
  return [
    ...(wasCalled(check) ? wordsFor(check.durationMs, timeWords) : [$localize`Not called`]),
    ...(addresses.length > 0 ? [$localize`Address: ${addresses.join(', ')}`] : []),
    ...wordsFor(tls, tlsWords),
    ...wordsFor(status, (code) => $localize`Answer: ${code}`),
    ...(wasCalled(check) ? [arrivalWords(check)] : []),
    ...wordsFor(signature, (words) => words),
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
    validTo === null ? '' : $localize`until ${unbroken(DAY.format(validTo))}`,
  ].filter((part) => part !== '');
  const verdict = error === null ? $localize`trusted` : $localize`not trusted (${error})`;
  return $localize`${protocol ?? 'TLS'}, certificate ${verdict}\: ${about.join(', ')}`;
}

/** A date is one word to whoever reads it. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

const DAY = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' });

/** `12 ms`, `3.4 s`. */
const timeWords = (ms: number): string =>
  ms < 1000 ? $localize`${Math.max(1, Math.round(ms))} ms` : $localize`${(ms / 1000).toFixed(1)} s`;
