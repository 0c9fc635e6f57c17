import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { callers } from './caller-list.ts';
import { allowedHosts, signaturePolicy } from './list-values.ts';
import {
  bareHost,
  flag,
  oneOf,
  optionalSecret,
  port,
  portOrOff,
  text,
  wholeNumber,
  type SettingReader,
} from './setting-values.ts';
import type { Durability } from '../storage/database.ts';
import { DEFAULT_RETENTION } from '../event-store/sqlite-retention.ts';
import { USUAL_SIGNATURES } from '../webhooks/signature-forms.ts';
import { StartError } from './start-error.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const MB = 1024 * 1024;

/** Every setting: its default and how it is read. The names are those of `settings.json` and of the environment. */
const SETTINGS = {
  CSDS_DOMAIN: setting('api.liveperson.net', bareHost),
  CSDS_DOMAIN_QA: setting('lp-csds-qa.dev.lprnd.net', bareHost),
  SERVER_HTTP_PORT: setting(8282, port),
  HOST: setting('127.0.0.1', text),
  TRUSTED_PROXIES: setting('loopback', callers),
  ALLOWED_HOSTS: setting<readonly string[]>([], allowedHosts),
  METRICS_ALLOW: setting('loopback', callers),
  DATA_DIR: setting('./data', text),
  DURABILITY: setting<Durability>('process', oneOf('process', 'power')),
  EVENTS_MAX_COUNT: setting(DEFAULT_RETENTION.maxEntries, wholeNumber(1_000, 10_000_000)),
  EVENTS_MAX_DAYS: setting(DEFAULT_RETENTION.maxAgeMs / DAY_MS, wholeNumber(1, 3_650)),
  EVENTS_MAX_MB: setting(DEFAULT_RETENTION.maxBytes / MB, wholeNumber(16, 1_000_000)),
  EMULATOR_ENABLED: setting(false, flag),
  EMULATOR_HTTP_PORT: setting(8283, port),
  EMULATOR_HTTPS_PORT: setting<number | null>(8284, portOrOff),
  EMULATOR_CONTROL: setting<'auto' | 'on' | 'off'>('auto', oneOf('auto', 'on', 'off')),
  STREAMS_MAX_PER_SESSION: setting(32, wholeNumber(1, 100_000)),
  SENDS_MAX_PER_CONVERSATION: setting(100, wholeNumber(1, 100_000)),
  SESSION_SECRET: setting(null, optionalSecret),
  WEBHOOK_SIGNATURE: setting(USUAL_SIGNATURES, signaturePolicy),
  WEBHOOK_MODE: setting<'strict' | 'observe'>('strict', oneOf('strict', 'observe')),
  LOG_LEVEL: setting('info', oneOf('error', 'warn', 'info', 'debug', 'silent')),
} as const;

type SettingName = keyof typeof SETTINGS;

export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

interface Setting<Value> {
  readonly fallback: Value;
  readonly read: SettingReader<Value>;
}

function setting<Value>(fallback: NoInfer<Value>, read: SettingReader<Value>): Setting<Value> {
  return { fallback, read };
}

/** What a settings file holds, and what it is called in words to whoever wrote it. */
export interface SettingsFile {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const USUAL_FILE = 'settings.json';

/**
 * Reads the file that `SETTINGS_FILE` names, else `settings.json` of the folder.
 * @throws StartError when a file that was named is not there
 */
export function readSettings(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): SettingsFile {
  const named = environment['SETTINGS_FILE'] ?? '';
  if (named === '') return { name: USUAL_FILE, values: readSettingsFile(resolve(folder, USUAL_FILE)) };
  const path = resolve(folder, named);
  if (!existsSync(path)) throw new StartError(`SETTINGS_FILE ${path} does not exist`);
  return { name: path, values: readSettingsFile(path) };
}

/** Reads a settings file; an absent file means defaults. @throws StartError when it is no JSON object */
export function readSettingsFile(path: string): Readonly<Record<string, unknown>> {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new StartError(`${path} cannot be read: ${String(error)}`);
  }
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch (error) {
    throw new StartError(
      `${path} is no valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new StartError(`${path} must hold one JSON object`);
}

/**
 * The settings in force: what the environment says, else the file, else the default.
 * @throws StartError naming the setting that is unknown or wrong
 */
export function toSettings(
  file: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  fileName = USUAL_FILE,
): Settings {
  refuseUnknown(file, fileName);
  const one = <Value>(name: SettingName, { fallback, read }: Setting<Value>): Value => {
    const fromEnvironment = environment[name];
    if (fromEnvironment !== undefined) return named(`environment variable ${name}`, read, fromEnvironment);
    return name in file ? named(`${fileName}: ${name}`, read, file[name]) : fallback;
  };
  return {
    CSDS_DOMAIN: one('CSDS_DOMAIN', SETTINGS.CSDS_DOMAIN),
    CSDS_DOMAIN_QA: one('CSDS_DOMAIN_QA', SETTINGS.CSDS_DOMAIN_QA),
    SERVER_HTTP_PORT: one('SERVER_HTTP_PORT', SETTINGS.SERVER_HTTP_PORT),
    HOST: one('HOST', SETTINGS.HOST),
    TRUSTED_PROXIES: one('TRUSTED_PROXIES', SETTINGS.TRUSTED_PROXIES),
    ALLOWED_HOSTS: one('ALLOWED_HOSTS', SETTINGS.ALLOWED_HOSTS),
    METRICS_ALLOW: one('METRICS_ALLOW', SETTINGS.METRICS_ALLOW),
    DATA_DIR: one('DATA_DIR', SETTINGS.DATA_DIR),
    DURABILITY: one('DURABILITY', SETTINGS.DURABILITY),
    EVENTS_MAX_COUNT: one('EVENTS_MAX_COUNT', SETTINGS.EVENTS_MAX_COUNT),
    EVENTS_MAX_DAYS: one('EVENTS_MAX_DAYS', SETTINGS.EVENTS_MAX_DAYS),
    EVENTS_MAX_MB: one('EVENTS_MAX_MB', SETTINGS.EVENTS_MAX_MB),
    EMULATOR_ENABLED: one('EMULATOR_ENABLED', SETTINGS.EMULATOR_ENABLED),
    EMULATOR_HTTP_PORT: one('EMULATOR_HTTP_PORT', SETTINGS.EMULATOR_HTTP_PORT),
    EMULATOR_HTTPS_PORT: one('EMULATOR_HTTPS_PORT', SETTINGS.EMULATOR_HTTPS_PORT),
    EMULATOR_CONTROL: one('EMULATOR_CONTROL', SETTINGS.EMULATOR_CONTROL),
    STREAMS_MAX_PER_SESSION: one('STREAMS_MAX_PER_SESSION', SETTINGS.STREAMS_MAX_PER_SESSION),
    SENDS_MAX_PER_CONVERSATION: one('SENDS_MAX_PER_CONVERSATION', SETTINGS.SENDS_MAX_PER_CONVERSATION),
    SESSION_SECRET: one('SESSION_SECRET', SETTINGS.SESSION_SECRET),
    WEBHOOK_SIGNATURE: one('WEBHOOK_SIGNATURE', SETTINGS.WEBHOOK_SIGNATURE),
    WEBHOOK_MODE: one('WEBHOOK_MODE', SETTINGS.WEBHOOK_MODE),
    LOG_LEVEL: one('LOG_LEVEL', SETTINGS.LOG_LEVEL),
  };
}

function refuseUnknown(file: Readonly<Record<string, unknown>>, fileName: string): void {
  const unknown = Object.keys(file).find((name) => !(name in SETTINGS));
  if (unknown === undefined) return;
  throw new StartError(
    `${fileName}: unknown setting "${unknown}". Known settings: ${Object.keys(SETTINGS).join(', ')}`,
  );
}

function named<Value>(name: string, read: SettingReader<Value>, value: unknown): Value {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${name} ${error.message}`);
  }
}
