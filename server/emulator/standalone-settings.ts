import type { LineLevel } from './log-lines.ts';

/** `auto`: lines for people where somebody watches (a terminal), else JSON. */
export type LogFormat = 'auto' | 'lines' | 'json';

/** What an emulator that runs alone reads from the environment. The names are those of the application's settings. */
export interface StandaloneSettings {
  readonly host: string;
  readonly httpPort: number;
  /** `null`: no TLS. */
  readonly httpsPort: number | null;
  readonly dataDir: string;
  readonly webhookUrl: string;
  readonly webhookHosts: readonly string[];
  /** Left out: only when nothing but this machine can reach the emulator. */
  readonly isControlEnabled?: boolean;
  readonly logLevel: LineLevel;
  readonly logFormat: LogFormat;
}

/** Where the demo app's bridge takes webhooks, unless it was told another port. */
const BRIDGE_WEBHOOKS = 'http://localhost:8282/notifications/event';
const CONTROL = ['auto', 'on', 'off'];
const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;
const LOG_FORMATS = ['auto', 'lines', 'json'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names the variable whose value cannot be used */
export function readStandaloneSettings(environment: Environment): StandaloneSettings {
  const read = <Value>(name: string, fallback: Value, parse: (text: string) => Value | undefined): Value => {
    const text = environment[name]?.trim() ?? '';
    if (text === '') return fallback;
    const value = parse(text);
    if (value === undefined) throw new Error(`environment variable ${name} cannot be "${text}"`);
    return value;
  };
  const asIs = (text: string): string => text;
  const control = read('EMULATOR_CONTROL', 'auto', (text) => CONTROL.find((each) => each === text));
  return {
    host: read('HOST', '127.0.0.1', asIs),
    httpPort: read('EMULATOR_HTTP_PORT', 8283, portOf),
    httpsPort: read<number | null>('EMULATOR_HTTPS_PORT', 8284, (text) =>
      text === 'off' ? null : portOf(text),
    ),
    dataDir: read('DATA_DIR', './data', asIs),
    webhookUrl: read('EMULATOR_WEBHOOK_URL', BRIDGE_WEBHOOKS, urlOf),
    webhookHosts: read<readonly string[]>('EMULATOR_WEBHOOK_HOSTS', [], (text) => text.split(/[\s,]+/)),
    ...(control !== 'auto' && { isControlEnabled: control === 'on' }),
    logLevel: read<LineLevel>('LOG_LEVEL', 'info', (text) => LOG_LEVELS.find((level) => level === text)),
    logFormat: read<LogFormat>('LOG_FORMAT', 'auto', (text) => LOG_FORMATS.find((form) => form === text)),
  };
}

const portOf = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;

const urlOf = (text: string): string | undefined => {
  const protocol = URL.parse(text)?.protocol;
  return protocol === 'http:' || protocol === 'https:' ? text : undefined;
};
