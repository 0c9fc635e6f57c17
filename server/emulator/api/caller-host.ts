import type { Request } from 'express';

const HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * `host:port` under which the caller reached us, and will reach the services again: a base URI of the directory.
 * Taken from what the caller used, because only it knows how names and ports are mapped on its side.
 *
 * @see PROTOCOL.md §1.2
 */
export function callerHost(request: Request): string {
  const given = request.get('host') ?? '';
  if (HOST.test(given)) return given;
  const { localAddress = '127.0.0.1', localPort = 80 } = request.socket;
  return localAddress.includes(':') ? `[${localAddress}]:${localPort}` : `${localAddress}:${localPort}`;
}
