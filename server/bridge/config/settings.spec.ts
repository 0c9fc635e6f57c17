import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSettings, readSettingsFile, toSettings } from './settings.ts';
import { StartError } from './start-error.ts';

describe('settings', () => {
  it('have defaults that need no file', () => {
    expect(toSettings({}, {})).toEqual({
      CSDS_DOMAIN: 'api.liveperson.net',
      CSDS_DOMAIN_QA: 'lp-csds-qa.dev.lprnd.net',
      SERVER_HTTP_PORT: 8282,
      HOST: '127.0.0.1',
      TRUSTED_PROXIES: 'loopback',
      ALLOWED_HOSTS: [],
      METRICS_ALLOW: 'loopback',
      DATA_DIR: './data',
      DURABILITY: 'process',
      EVENTS_MAX_COUNT: 200_000,
      EVENTS_MAX_DAYS: 14,
      EVENTS_MAX_MB: 512,
      EMULATOR_ENABLED: false,
      EMULATOR_HTTP_PORT: 8283,
      EMULATOR_HTTPS_PORT: 8284,
      EMULATOR_CONTROL: 'auto',
      STREAMS_MAX_PER_SESSION: 32,
      SENDS_MAX_PER_CONVERSATION: 100,
      SESSION_SECRET: null,
      WEBHOOK_SIGNATURE: { usual: ['sha1-base64', 'sha256-base64'], byApp: new Map() },
      WEBHOOK_MODE: 'strict',
      LOG_LEVEL: 'info',
    });
  });

  it('of the environment win over those of the file', () => {
    const settings = toSettings(
      { SERVER_HTTP_PORT: 1111, EMULATOR_ENABLED: true },
      { SERVER_HTTP_PORT: '2222', EMULATOR_ENABLED: 'false' },
    );

    expect(settings.SERVER_HTTP_PORT).toBe(2222);
    expect(settings.EMULATOR_ENABLED).toBeFalse();
  });

  it('refuse an unknown key by its name', () => {
    expect(() => toSettings({ SERVER_PORT: 1 }, {})).toThrowError(
      StartError,
      /unknown setting "SERVER_PORT"/,
    );
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['SERVER_HTTP_PORT', 'http'],
    ['SERVER_HTTP_PORT', 65_536],
    ['SERVER_HTTP_PORT', -1],
    ['SERVER_HTTP_PORT', 80.5],
    ['EMULATOR_ENABLED', 'yes'],
    ['CSDS_DOMAIN', 'https://api.liveperson.net'],
    ['CSDS_DOMAIN', 'api.liveperson.net/path'],
    ['CSDS_DOMAIN', 'user@api.liveperson.net'],
    ['HOST', ''],
    ['SESSION_SECRET', 'short'],
    ['TRUSTED_PROXIES', 'nginx'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['METRICS_ALLOW', 'everybody'],
    ['ALLOWED_HOSTS', 'https://demo.example.com'],
    ['ALLOWED_HOSTS', 'demo.example.com:443'],
    ['ALLOWED_HOSTS', 'demo.*.com'],
    ['WEBHOOK_SIGNATURE', ''],
    ['WEBHOOK_SIGNATURE', 'sha1-base64,md5-hex'],
    ['WEBHOOK_SIGNATURE', 'app-1:'],
    ['WEBHOOK_SIGNATURE', 'app 1:sha1-hex'],
    ['WEBHOOK_MODE', 'lenient'],
    ['EVENTS_MAX_COUNT', 10],
    ['EVENTS_MAX_DAYS', 'many'],
    ['EVENTS_MAX_MB', 16.5],
    ['STREAMS_MAX_PER_SESSION', 0],
    ['SENDS_MAX_PER_CONVERSATION', 'many'],
    ['LOG_LEVEL', 'loud'],
  ];
  for (const [name, value] of wrong) {
    it(`refuse ${JSON.stringify(value)} as ${name} and name the setting`, () => {
      expect(() => toSettings({ [name]: value }, {})).toThrowError(
        StartError,
        new RegExp(`settings.json: ${name} must`),
      );
      expect(() => toSettings({}, { [name]: String(value) })).toThrowError(
        StartError,
        new RegExp(`environment variable ${name} must`),
      );
    });
  }
});

describe('settings.json', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'settings-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const fileWith = (content: string): string => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, content);
    return path;
  };

  it('may be absent', () => {
    expect(readSettingsFile(join(folder, 'absent.json'))).toEqual({});
  });

  it('is named by its path where SETTINGS_FILE names another one', () => {
    const path = fileWith('{"HOSTS": 1}');
    const file = readSettings('/nowhere', { SETTINGS_FILE: path });

    expect(() => toSettings(file.values, {}, file.name)).toThrowError(
      StartError,
      `${path}: unknown setting "HOSTS". Known settings: ${Object.keys(toSettings({}, {})).join(', ')}`,
    );
    expect(() => toSettings({ HOST: '' }, {}, file.name)).toThrowError(StartError, /^\/.*\.json: HOST must/);
  });

  it('is the one that is read when SETTINGS_FILE is empty', () => {
    fileWith('{"HOST": "::1"}');

    expect(readSettings(folder, { SETTINGS_FILE: '' })).toEqual({
      name: 'settings.json',
      values: { HOST: '::1' },
    });
  });

  it('must be JSON', () => {
    expect(() => readSettingsFile(fileWith('{ HOST: 1 }'))).toThrowError(StartError, /is no valid JSON/);
  });

  it('must be an object', () => {
    expect(() => readSettingsFile(fileWith('[]'))).toThrowError(StartError, /one JSON object/);
  });

  it('that cannot be read is no reason to use defaults', () => {
    expect(() => readSettingsFile(folder)).toThrowError(StartError, /cannot be read/);
  });
});
