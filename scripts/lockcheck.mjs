// @ts-check
// Checks what `npm ci` needs and what a lockfile should not say. Run whenever the lockfile changes; part of `npm run check`.
import { fileURLToPath } from 'node:url';
import { readJson } from './install-state.mjs';

/** @type {('dependencies' | 'devDependencies' | 'optionalDependencies')[]} */
const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * @typedef {{ link?: boolean, inBundle?: boolean, resolved?: string, integrity?: string,
 *   dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {Record<string, Entry>} Packages
 */

/**
 * Everything wrong with a manifest and its lockfile, one sentence each.
 *
 * @param {Readonly<Record<string, any>>} manifest
 * @param {{ packages?: Packages }} lock
 * @returns {string[]}
 */
export function lockProblems(manifest, { packages = {} }) {
  const entries = Object.entries(packages);
  return [
    ...GROUPS.flatMap((group) => rootProblems(group, manifest[group] ?? {}, packages['']?.[group] ?? {})),
    ...entries.flatMap(([path, entry]) => missingOptionals(path, entry, packages)),
    ...entries.flatMap(([path, entry]) => entryProblems(path, entry)),
  ];
}

/**
 * @param {string} group
 * @param {Record<string, string>} wanted
 * @param {Record<string, string>} locked
 */
function rootProblems(group, wanted, locked) {
  const names = new Set([...Object.keys(wanted), ...Object.keys(locked)]);
  return [...names].flatMap((name) => {
    const range = wanted[name];
    if (range === undefined || range !== locked[name])
      return [`${group}: ${name} is ${range} in package.json, ${locked[name]} in the lockfile`];
    return /^\d+\.\d+\.\d+/.test(range) ? [] : [`${group}: ${name} is "${range}", not an exact version`];
  });
}

/**
 * `npm install` leaves such entries out without a word, and `npm ci` then refuses the lockfile.
 *
 * @param {string} path
 * @param {Entry} entry
 * @param {Packages} packages
 */
function missingOptionals(path, entry, packages) {
  return Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isResolvable(path, name, packages))
    .map(([name, range]) => `${path || 'package.json'} asks for ${name}@${range}, which has no entry`);
}

/**
 * Looks where Node would: in the package's own node_modules, then in each folder above.
 *
 * @param {string} path
 * @param {string} name
 * @param {Packages} packages
 */
function isResolvable(path, name, packages) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/**
 * @param {string} path
 * @param {Entry} entry
 */
function entryProblems(path, entry) {
  if (path === '' || entry.link || entry.inBundle) return [];
  return [
    // An address pins everyone to one registry; name, version and checksum are enough.
    ...(entry.resolved ? [`${path} names a download address`] : []),
    ...(entry.integrity ? [] : [`${path} has no checksum`]),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @param {string} name */
  const at = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
  const lock = readJson(at('package-lock.json'));
  const problems = lockProblems(readJson(at('package.json')), lock);
  for (const problem of problems) console.error(problem);
  console.log(`package-lock.json: ${Object.keys(lock.packages).length} entries, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
