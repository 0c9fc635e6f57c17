import { BlockList, isIP } from 'node:net';

import type { SettingReader } from './setting-values.ts';
import { StartError } from './start-error.ts';

/** Whether a caller's address is on the list. */
export type CallerList = (address: string | undefined) => boolean;

/** `off`, or names of ranges, addresses and subnets separated by commas. */
export const callers: SettingReader<string> = (value) => {
  if (typeof value !== 'string') throw new StartError(FORM);
  const text = value.trim().toLowerCase();
  toCallerList(text);
  return text;
};

const LOOPBACK = 'loopback';

/** Named as Express names them. */
const RANGES: ReadonlyMap<string, readonly string[]> = new Map([
  [LOOPBACK, ['127.0.0.0/8', '::1']],
  ['linklocal', ['169.254.0.0/16', 'fe80::/10']],
  ['uniquelocal', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
]);

const FORM =
  `must be off, or addresses, subnets such as 10.0.0.0/8 and the names ${[...RANGES.keys()].join(', ')}, ` +
  'separated by commas';

/** @throws StartError when the text is no list of callers */
export function toCallerList(text: string): CallerList {
  return listOf(itemsOf(text));
}

/** The same without `loopback`: who calls by that name may be anybody on this machine. */
export function toNamedCallers(text: string): CallerList {
  return listOf(itemsOf(text).filter((item) => item !== LOOPBACK));
}

const itemsOf = (text: string): readonly string[] =>
  text === 'off' ? [] : text.split(',').map((item) => item.trim());

function listOf(items: readonly string[]): CallerList {
  const list = new BlockList();
  for (const item of items.flatMap((each) => RANGES.get(each) ?? [each])) add(list, item);
  return (address = '') => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function add(list: BlockList, item: string): void {
  const [, address = '', , prefix] = /^([^/]+)(\/(\d{1,3}))?$/.exec(item) ?? [];
  const family = isIP(address);
  if (family === 0) throw new StartError(FORM);
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) list.addAddress(address, type);
  else if (Number(prefix) <= (family === 4 ? 32 : 128)) list.addSubnet(address, Number(prefix), type);
  else throw new StartError(FORM);
}
