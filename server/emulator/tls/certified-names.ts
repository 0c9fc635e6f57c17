import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** By these the emulator can always be called on its own machine. */
const ALWAYS: readonly [string, ...string[]] = ['localhost', '127.0.0.1', '::1'];
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Names and addresses that the server certificate holds: this machine's own and the configured host.
 * A wildcard address is no name that anybody calls; the machine's name, which is a container's too, stands for it.
 */
export function certifiedNames(host: string, machine: string = hostname()): readonly [string, ...string[]] {
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = (isWildcard ? machine : host).toLowerCase().replace(/^\[(.*)\]$/, '$1');
  const isName = HOST_NAME.test(name) || isIP(name) !== 0;
  return ALWAYS.includes(name) || !isName ? ALWAYS : [...ALWAYS, name];
}
