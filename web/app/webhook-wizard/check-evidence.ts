import type { EndpointCheck, TlsFacts } from '#protocol/endpoint-check';

/** What was seen on the way to an endpoint, step by step; the steps that were not reached are left out. */
export function evidenceOf(check: EndpointCheck): readonly string[] {
  const { addresses, tls, status, hasArrived, signature, durationMs, error } = check;
  return [
    ...(addresses.length > 0 ? [`Host: ${addresses.join(', ')}`] : []),
    ...wordsFor(tls, tlsWords),
    ...wordsFor(status, (code) => `Answer: ${code}`),
    ...(status !== null || hasArrived ? [hasArrived ? 'Arrived here' : 'Did not arrive here'] : []),
    ...wordsFor(signature, (verdict) => `Signature: ${verdict === 'valid' ? 'verified' : verdict}`),
    ...wordsFor(error, (words) => words),
    ...wordsFor(durationMs, timeWords),
  ];
}

function wordsFor<Value>(value: Value | null, words: (value: Value) => string): readonly string[] {
  return value === null ? [] : [words(value)];
}

function tlsWords({ protocol, names, issuer, validTo, error }: TlsFacts): string {
  const about = [
    names.length === 0 ? '' : `for ${names.slice(0, 3).join(', ')}`,
    issuer === null ? '' : `by ${issuer}`,
    validTo === null ? '' : `until ${DAY.format(validTo)}`,
  ].filter((part) => part !== '');
  const verdict = error === null ? 'trusted' : `not trusted (${error})`;
  return `${protocol ?? 'TLS'}, certificate ${verdict}: ${about.join(', ')}`;
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** `12 ms`, `3.4 s`. */
const timeWords = (ms: number): string =>
  ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
