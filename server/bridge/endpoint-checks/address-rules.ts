import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether a URL may be called for an account, and if not, why. */
export type AddressVerdict = 'allowed' | 'not-https' | 'not-public' | 'not-local';

export interface AddressRules {
  /** Judges by the URL alone: what is refused here is not even looked up. */
  ofUrl(url: URL): AddressVerdict;
  /** Judges what the name leads to. */
  ofAddress(address: string, port: number): AddressVerdict;
}

const loopback = blockListOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/** Ranges that no one reaches over the internet, or that stand for others. @see RFC 6890 */
const special = blockListOf([
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Where Azure answers its own machines.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** All that is given out of IPv6; the rest is for this machine, its network, IPv4 in other clothes, or nobody yet. */
const globalIpv6 = blockListOf([['2000::', 3]]);

/** For emulated accounts: this machine and nothing else, as the emulator itself does. */
export function localRules(ownHost: string): AddressRules {
  return {
    ofUrl: ({ hostname }) => (isLocalName(hostname) || hostname === ownHost ? 'allowed' : 'not-local'),
    ofAddress: (address) => (isIn(loopback, address) || isOwnAddress(address) ? 'allowed' : 'not-local'),
  };
}

/** For accounts of the cloud: https to public addresses; a private one only where this machine itself answers on the usual port. */
export const publicRules: AddressRules = {
  ofUrl: ({ protocol, hostname }) => {
    if (isLocalName(hostname)) return 'not-public';
    return protocol === 'https:' ? 'allowed' : 'not-https';
  },
  ofAddress: (address, port) => {
    if (isPublic(address)) return 'allowed';
    const isOwn = port === 443 && isOwnAddress(address) && !isIn(loopback, address);
    return isOwn ? 'allowed' : 'not-public';
  },
};

const isPublic = (address: string): boolean =>
  !isIn(special, address) && (isIP(address) === 4 || isIn(globalIpv6, address));

function isLocalName(hostname: string): boolean {
  const name = bare(hostname).toLowerCase();
  return isIP(name) === 0
    ? name === 'localhost' || name.endsWith('.localhost')
    : isIn(loopback, name) || name === '0.0.0.0' || name === '::';
}

/** Whether the address belongs to a network interface of this machine. */
function isOwnAddress(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  return own.some((each) => each.address === address);
}

/** A host of a URL without the brackets of IPv6. */
export const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** IPv4 in the clothes of IPv6 is checked as what it is. */
function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function blockListOf(subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}
