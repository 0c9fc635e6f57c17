// @ts-check
// node scripts/ensure-installed.mjs [COMMAND [ARGS…]]
//
// Installs from the lockfile what is missing, the pinned Node included, then runs COMMAND with it. npm scripts start with
// whatever Node is on the PATH and before anything is installed, so this file is plain ESM, runs on Node 20 and needs
// nothing but npm.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SUPPORTED_NODE, isSupportedNode, pinnedNode, readJson, reasonToInstall } from './install-state.mjs';
import { runCommand } from './run-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const pinned = pinnedNode(readJson(join(root, 'package.json')));
const isOuterNodeSupported = isSupportedNode(process.versions.node);

try {
  await ensureInstalled();
  process.exitCode = await runWithPinnedNode(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function ensureInstalled() {
  if (!pinned && !isOuterNodeSupported) {
    throw new Error(
      `No Node comes with the packages for ${process.platform} ${process.arch}, so the installed one is used, ` +
        `and ${process.versions.node} is not supported.\nInstall Node ${SUPPORTED_NODE}, from https://nodejs.org, and try again.`,
    );
  }
  const reason = reasonToInstall(root);
  if (reason === undefined) return;
  console.log(`Installing packages from the lockfile (${reason}). The first time takes a minute or two.`);
  const code = await install();
  if (code !== 0) throw new Error(`npm ci failed with code ${code}; what it said stands above.`);
  const stillMissing = reasonToInstall(root);
  if (stillMissing)
    throw new Error(`npm ci finished, but ${stillMissing}. Is "omit" set in npm's configuration?`);
  assertPinnedNodeRuns();
}

/** An old outer Node would have npm warn about each package's engine: npm itself runs on the pinned Node then. */
function install() {
  const ci = ['ci', '--include=dev', '--include=optional'];
  if (isOuterNodeSupported || !pinned) return runNpm(ci);
  return runNpm(['exec', '--yes', `--package=${pinned.name}@${pinned.version}`, '--', 'npm', ...ci]);
}

/** @param {readonly string[]} args */
function runNpm(args) {
  // The same npm that runs this script, if one does.
  const npmCli = process.env['npm_execpath'];
  if (npmCli?.endsWith('npm-cli.js')) return runCommand(process.execPath, [npmCli, ...args], { cwd: root });
  return runCommand('npm', args, { cwd: root });
}

function assertPinnedNodeRuns() {
  if (!pinned || spawnSync(join(root, pinned.executable), ['--version']).status === 0) return;
  throw new Error(
    `The pinned Node (${pinned.executable}) does not run on this machine; it is built for glibc. ` +
      'Use a Debian, Ubuntu or Fedora based system, or the Docker image.',
  );
}

/** @param {readonly string[]} command */
function runWithPinnedNode([command, ...args]) {
  if (command === undefined) return 0;
  const node = pinned ? join(root, pinned.executable) : process.execPath;
  const env = {
    ...process.env,
    PATH: join(root, 'node_modules/.bin') + delimiter + (process.env['PATH'] ?? ''),
  };
  const options = { cwd: root, env, shell: process.platform === 'win32' && command !== 'node' };
  return runCommand(command === 'node' ? node : command, args, options);
}
