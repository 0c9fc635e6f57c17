// @ts-check
// Before `npm start`: says in one line what is missing, instead of leaving it to a stack trace. Plain ESM, any Node.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SUPPORTED_NODE, isSupportedNode } from './install-state.mjs';

/** @param {string} path */
const isThere = (path) => existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));

const problem = !isThere('node_modules/express')
  ? 'The packages are not installed. Run "npm ci" (or "npm run start-local", which installs, builds and starts).'
  : !isSupportedNode(process.versions.node)
    ? `Node ${process.versions.node} cannot run the server. Install Node ${SUPPORTED_NODE}.`
    : !isThere('dist/web/index.html')
      ? 'The web app is not built. Run "npm run build" first.'
      : undefined;

if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
}
