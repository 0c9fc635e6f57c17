import { isIP } from 'node:net';

import type { Request, RequestHandler } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';

/** Express knows by it whether an address belongs to a proxy of the setting `TRUSTED_PROXIES`. */
type TrustsProxy = (address: string, hop: number) => boolean;

export interface AllowedHosts {
  /** Names beside those that are always allowed; `*.example.com` stands for every name below it, `*` for any. */
  readonly names: readonly string[];
  /** Whether a trusted proxy vouches for the name. Not when these are the default: browsers on this machine are, too. */
  readonly isProxyBelieved: boolean;
}

/**
 * Refuses calls under a name that is not ours: a page of another site whose name was made to point here (DNS
 * rebinding) would otherwise pass for our own.
 *
 * Always allowed is what nobody can point here from outside: IP addresses, `localhost` and names without a dot.
 */
export function refuseForeignHosts({ names, isProxyBelieved }: AllowedHosts): RequestHandler {
  return (request, _response, next) => {
    const host = request.get('host') ?? '';
    const isOurs = isAllowed(nameIn(host), names) || (isProxyBelieved && isFromTrustedProxy(request));
    if (!isOurs) throw notAllowed(host);
    next();
  };
}

function notAllowed(host: string): BridgeError {
  const name = nameIn(host);
  const isName = name !== null && name.length <= 253;
  return new BridgeError(
    'host-not-allowed',
    `The app is not served under ${isName ? `the host name ${name}` : 'this host name'}. Open it under localhost, or ` +
      `add ${isName ? name : 'the name'} to the setting ALLOWED_HOSTS and start again. Webhooks are taken under any name.`,
  );
}

/** The name without port and brackets, in lower case; `null`: the header is not well-formed. */
function nameIn(host: string): string | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::\d{1,5})?$/i.exec(host);
  const name = parts?.[1] ?? parts?.[2];
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '');
}

function isAllowed(name: string | null, names: readonly string[]): boolean {
  if (name === null || name === '') return false;
  if (isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost')) return true;
  return names.some((allowed) => {
    if (allowed === '*') return true;
    return allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === allowed;
  });
}

function isFromTrustedProxy(request: Request): boolean {
  const trusts: unknown = request.app.get('trust proxy fn');
  const address = request.socket.remoteAddress;
  return address !== undefined && isTrust(trusts) && trusts(address, 0);
}

function isTrust(value: unknown): value is TrustsProxy {
  return typeof value === 'function';
}
