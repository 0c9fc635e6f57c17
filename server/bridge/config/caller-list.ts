import { BlockList, isIP } from 'node:net';

import type { SettingReader } from './setting-values.ts';
import { StartError } from './start-error.ts';

/** Whether a caller's address is on the list. */
export type CallerList = (address: string | undefined) => boolean;

/** `loopback`, `off`, or addresses and subnets separated by commas. */
export const callers: SettingReader<string> = (value) => {
  if (typeof value !== 'string') throw new StartError(FORM);
  const text = value.trim().toLowerCase();
  toCallerList(text);
  return text;
};

const FORM = 'must be loopback, off, or addresses and subnets such as 10.0.0.0/8, separated by commas';

/** @throws StartError when the text is no list of callers */
export function toCallerList(text: string): CallerList {
  const list = new BlockList();
  for (const item of itemsOf(text)) add(list, item);
  return (address = '') => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function itemsOf(text: string): readonly string[] {
  if (text === 'off') return [];
  return text
    .split(',')
    .flatMap((item) => (item.trim() === 'loopback' ? ['127.0.0.0/8', '::1'] : [item.trim()]));
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
