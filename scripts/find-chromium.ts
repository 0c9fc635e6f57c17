// node scripts/find-chromium.ts              prints the path of a Chromium-family browser
// node scripts/find-chromium.ts COMMAND …    runs COMMAND with CHROME_BIN set to it
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

const KNOWN_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/lib/chromium/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((key) => process.env[key])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

const HOW_TO_GET_ONE =
  'No Chromium, Chrome or Edge found: the browser tests need one.\n' +
  'Install it (Debian: apt-get install chromium), or set CHROME_BIN to its executable.';

/**
 * The path of an installed browser; on Debian as root, one is installed where there is none.
 *
 * @throws When there is none, with words on how to get one.
 */
export function ensureChromium(): string {
  const browser = findChromium() ?? (isDebianRoot() ? installOnDebian() : undefined);
  if (browser === undefined) throw new Error(HOW_TO_GET_ONE);
  return browser;
}

/** `CHROME_BIN`, else the first that runs, on the PATH or in the places where installers put it. */
function findChromium(): string | undefined {
  const chosen = process.env['CHROME_BIN'] ?? process.env['CHROME_PATH'] ?? '';
  if (chosen !== '') {
    if (!runs(chosen)) throw new Error(`CHROME_BIN is set to ${chosen}, which does not run`);
    return chosen;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...(KNOWN_PLACES[process.platform] ?? [])].find(runs);
}

/** Ubuntu's `chromium-browser` is a script that points to a snap: only a program that tells its version is one. */
function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    return false;
  }
  return process.platform === 'win32' || spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}

function isDebianRoot(): boolean {
  const release = '/etc/os-release';
  const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
  return isDebian && process.getuid?.() === 0;
}

function installOnDebian(): string | undefined {
  console.error("No Chromium found: installing Debian's package. This happens once.");
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  return findChromium();
}

function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Its output goes to the error stream: the standard output may be read for the path.
  const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed. ${HOW_TO_GET_ONE}`);
}

if (import.meta.main) {
  try {
    process.exitCode = await runWithBrowser(ensureChromium(), process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function runWithBrowser(browser: string, [command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined) {
    console.log(browser);
    return 0;
  }
  return runCommand(command, args, { env: { ...process.env, CHROME_BIN: browser, CHROME_PATH: browser } });
}
