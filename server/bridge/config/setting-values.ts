import { StartError } from './start-error.ts';

/** Reads one setting from its JSON value or from the text of an environment variable; throws words when it cannot. */
export type SettingReader<Value> = (value: unknown) => Value;

const HOST_NAME =
  /^(?=.{1,253}(?::|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/i;

/** A TCP port; 0 lets the system choose. */
export const port: SettingReader<number> = (value) => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new StartError('must be a port number from 0 to 65535');
  }
  return number;
};

/** A whole number from `least` to `most`. */
export const wholeNumber =
  (least: number, most: number): SettingReader<number> =>
  (value) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) {
      return number;
    }
    throw new StartError(`must be a whole number from ${least} to ${most}`);
  };

/** A TCP port, or `off` (in JSON also `null`) for none. */
export const portOrOff: SettingReader<number | null> = (value) => {
  if (value === null || value === 'off') return null;
  return port(value);
};

export const flag: SettingReader<boolean> = (value) => {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  throw new StartError('must be true or false');
};

/** A bare host, optionally with a port: no scheme, no path. */
export const bareHost: SettingReader<string> = (value) => {
  if (typeof value !== 'string' || !HOST_NAME.test(value)) {
    throw new StartError('must be a host name without scheme and path, such as api.liveperson.net');
  }
  return value.toLowerCase();
};

export const text: SettingReader<string> = (value) => {
  if (typeof value !== 'string' || value.trim() === '') throw new StartError('must not be empty');
  return value.trim();
};

/** At least 32 characters, or absent. */
export const optionalSecret: SettingReader<string | null> = (value) => {
  if (value === null || value === '') return null;
  if (typeof value !== 'string' || value.length < 32) {
    throw new StartError('must have at least 32 characters (leave it out to have one made)');
  }
  return value;
};

export const oneOf =
  <const Value extends string>(...values: readonly Value[]): SettingReader<Value> =>
  (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new StartError(`must be one of ${values.join(', ')}`);
    return found;
  };
