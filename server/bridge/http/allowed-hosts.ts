import { isIP } from 'node:net';

import type { RequestHandler } from 'express';

import type { CallerList } from '../config/caller-list.ts';
import { BridgeError } from '../errors/bridge-error.ts';

export interface AllowedHosts {
  /** Names beside those that are always allowed; `*.example.com` stands for every name below it, `*` for any. */
  readonly names: readonly string[];
  /** Proxies that vouch for the name they bring: trusted ones that nobody else can pass for. */
  readonly isVouchedForBy: CallerList;
}

/**
 * Refuses calls under a name that is not ours: a page of another site whose name was made to point here (DNS
 * rebinding) would otherwise pass for our own.
 *
 * Always allowed is what nobody can point here from outside: IP addresses, `localhost` and names without a dot.
 */
export function refuseForeignHosts({ names, isVouchedForBy }: AllowedHosts): RequestHandler {
  return (request, _response, next) => {
    const host = request.get('host') ?? '';
    const isOurs = isAllowed(nameIn(host), names) || isVouchedForBy(request.socket.remoteAddress);
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
