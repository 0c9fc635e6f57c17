import type { TLSSocket } from 'node:tls';

import type { TlsFacts } from '#protocol/endpoint-check';

/** What the other side showed of itself. */
export function tlsFactsOf(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerX509Certificate();
  return {
    protocol: socket.getProtocol(),
    names: namesOf(certificate?.subjectAltName),
    issuer: certificate === undefined ? null : commonNameOf(certificate.issuer),
    validTo: certificate?.validToDate.getTime() ?? null,
    error: socket.authorized ? null : codeOf(socket.authorizationError),
  };
}

/** The names of `DNS:example.com, IP Address:127.0.0.1`. */
function namesOf(alternatives: string | undefined): readonly string[] {
  return (alternatives ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '');
}

const commonNameOf = (issuer: string): string =>
  /^CN=(.*)$/m.exec(issuer)?.[1] ?? issuer.replaceAll('\n', ', ');

/** Declared as an error, but Node keeps the code as text for most causes. */
function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return typeof error === 'string' ? error : 'UNKNOWN';
}
