// @ts-check
// What is installed, compared with the lockfile. Plain ESM without dependencies: it runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Node versions that run this project without the pinned one: type stripping, `await using`, Angular's range. */
export const SUPPORTED_NODE = '24.15 or newer in the 24 line, or 26 and newer';

/**
 * @typedef {{ readonly optionalDependencies?: Readonly<Record<string, string>> }} Manifest
 * @typedef {{ name: string, version: string, executable: string }} PinnedNode
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockEntry
 */

/**
 * Whether `version` ("24.21.0") can run the project.
 *
 * @param {string} version
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 26 || (major === 24 && minor >= 15);
}

/**
 * The npm package that carries the pinned Node for this platform; `undefined` where there is none.
 *
 * @param {Manifest} manifest
 * @param {string} platform
 * @param {string} arch
 * @returns {PinnedNode | undefined}
 */
export function pinnedNode(manifest, platform = process.platform, arch = process.arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const version = manifest.optionalDependencies?.[name];
  const file = platform === 'win32' ? 'node.exe' : 'node';
  return version === undefined
    ? undefined
    : { name, version, executable: `node_modules/${name}/bin/${file}` };
}

/**
 * The first difference between what the lockfile wants and what npm says it installed, in words;
 * `undefined` when there is none. Optional packages of other platforms may be absent.
 *
 * @param {Readonly<Record<string, LockEntry>>} wanted
 * @param {Readonly<Record<string, LockEntry>>} installed
 * @returns {string | undefined}
 */
export function firstDifference(wanted, installed) {
  for (const [path, want] of Object.entries(wanted)) {
    if (path === '' || want.link) continue;
    const have = installed[path];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!have) {
      if (want.optional || want.devOptional) continue;
      return `${name} is missing`;
    }
    if (have.version !== want.version || have.integrity !== want.integrity) {
      return `${name} ${have.version} is installed, the lockfile asks for ${want.version}`;
    }
  }
  return undefined;
}

/**
 * Why packages have to be installed, in words; `undefined` when all is there.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function reasonToInstall(root) {
  // npm keeps its own list of what it installed, written when an installation is complete.
  const listFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(listFile)) return 'nothing is installed yet';
  const pinned = pinnedNode(readJson(join(root, 'package.json')));
  if (pinned && !existsSync(join(root, pinned.executable))) return `${pinned.name} is missing`;
  return firstDifference(packagesOf(join(root, 'package-lock.json')), packagesOf(listFile));
}

/**
 * @param {string} file
 * @returns {any}
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(file) {
  return readJson(file).packages ?? {};
}
