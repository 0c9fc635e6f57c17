// npm run emulator: the emulator alone, for connectors that are not this app's bridge.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { pino } from 'pino';

import { DEMO_ACCOUNT, DEMO_ADMINISTRATOR, DEMO_AGENT, startEmulator } from './emulator.ts';
import type { Emulator } from './emulator.ts';
import type { EmulatorLog } from './emulator-log.ts';
import { logLines } from './log-lines.ts';
import { readStandaloneSettings } from './standalone-settings.ts';
import type { StandaloneSettings } from './standalone-settings.ts';

const USAGE = `npm run emulator -- [--webhook-url URL]

  --webhook-url URL   where the webhooks of the seeded connector app go; also EMULATOR_WEBHOOK_URL

Environment: HOST, EMULATOR_HTTP_PORT, EMULATOR_HTTPS_PORT (a port, 0 for any, or off), DATA_DIR, LOG_LEVEL,
LOG_FORMAT (auto, lines or json; auto: lines in a terminal, else JSON),
EMULATOR_CONTROL (auto, on or off: whether the control API answers; auto: only to this machine),
EMULATOR_WEBHOOK_HOSTS (names besides this machine's and the URL's that webhooks may go to, with commas between).
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'webhook-url': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const given = values['webhook-url'];
  const settings = readStandaloneSettings({
    ...process.env,
    ...(given !== undefined && { EMULATOR_WEBHOOK_URL: given }),
  });
  const stop = stopSignal();
  await using emulator = await startEmulator({
    ...settings,
    dataDir: resolve(import.meta.dirname, '../..', settings.dataDir),
    log: logFor(settings),
  });
  process.stdout.write(greeting(emulator, settings));
  if (!stop.aborted) await once(stop, 'abort');
}

/** Pino's numbers are for programs; who watches a terminal reads lines. */
function logFor({ logFormat, logLevel: level }: StandaloneSettings): EmulatorLog {
  const { stdout } = process;
  const isForPeople = logFormat === 'lines' || (logFormat === 'auto' && stdout.isTTY);
  if (!isForPeople) return pino({ level, base: null });
  const isColoured = stdout.isTTY && stdout.hasColors();
  return logLines({ level, isColoured, now: () => new Date(), write: (line) => void stdout.write(line) });
}

function greeting({ host, tls }: Emulator, { webhookUrl }: StandaloneSettings): string {
  const secure = tls
    ? [`  over TLS          https://${tls.host}`, `  CA file           ${tls.caFile ?? ''}`]
    : [];
  return [
    '',
    '  The emulator of LivePerson’s cloud is ready. Give your connector this as its directory (CSDS) host:',
    '',
    `  plain HTTP        http://${host}`,
    ...secure,
    `  account           ${DEMO_ACCOUNT} (or any id that starts with demo)`,
    `  administrator     ${DEMO_ADMINISTRATOR.loginName} / ${DEMO_ADMINISTRATOR.password}`,
    `  agent             ${DEMO_AGENT.loginName} / ${DEMO_AGENT.password}`,
    `  webhooks go to    ${webhookUrl}`,
    `  control API       http://${host}/emulator/control/openapi.json`,
    `  what is where     http://${host}/`,
    '  how to use it     docs/emulator.md; connectors in Node, Python, Java and curl: docs/examples',
    '',
    '',
  ].join('\n');
}

/** Aborts on the first request to end; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

try {
  await main();
} catch (error) {
  // What can go wrong here is a setting, a port or a folder, and the message names it.
  process.stderr.write(`Cannot start: ${error instanceof Error ? error.message : String(error)}.\n`);
  process.exitCode = 1;
}
