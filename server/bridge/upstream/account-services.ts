import { isEmulatedAccount, type AccountId } from '#protocol/identifiers';
import type { ServiceName } from '#protocol/service-directory';

import { BridgeError } from '../errors/bridge-error.ts';

/** Where the services of one account are, as its directory says. */
export interface AccountServices {
  readonly account: AccountId;
  /** Origin of the directory that named the hosts. */
  readonly directoryOrigin: string;
  /** Bare hosts by service name. */
  readonly hosts: Readonly<Record<string, string>>;
}

/** Names with nothing odd in them: no empty part, no `*`. */
const HOST_NAME = /^[a-z\d-]+(\.[a-z\d-]+)+$/;

/** Domains of LivePerson; a directory that names any other host is not believed. */
const CLOUD_DOMAINS = ['liveperson.net', 'liveperson.com', 'lprnd.net', 'lpsnmedia.net'];

/**
 * Origin of a service of the account.
 *
 * An emulated account reaches the emulator and nothing else; a real one reaches LivePerson's domains, by https.
 * @throws BridgeError `service-missing`
 */
export function serviceOrigin(services: AccountServices, service: ServiceName): string {
  const host = services.hosts[service];
  if (host === undefined) {
    throw new BridgeError(
      'service-missing',
      `The directory of ${services.account} does not list ${service}.`,
      neverAsked(service),
    );
  }
  const origin = allowedOrigin(services, host);
  if (origin !== null) return origin;
  throw new BridgeError(
    'service-missing',
    `The directory of ${services.account} names the host ${host} for ${service}, which is not allowed.`,
    neverAsked(service),
  );
}

const neverAsked = (service: ServiceName) => ({
  upstream: { service, status: null, code: null, message: null },
});

function allowedOrigin({ account, directoryOrigin }: AccountServices, host: string): string | null {
  const url = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : null;
  // A bare host has nothing but a name and a port; `a@b` or `a/b` would be parsed into something else.
  if (url?.host !== host.toLowerCase().replace(/:443$/, '')) return null;
  if (isEmulatedAccount(account)) {
    const emulator = new URL(directoryOrigin);
    return emulator.host === host.toLowerCase() ? emulator.origin : null;
  }
  const isInCloud = CLOUD_DOMAINS.some((domain) => url.hostname.endsWith(`.${domain}`));
  return isInCloud && HOST_NAME.test(url.hostname) ? url.origin : null;
}
