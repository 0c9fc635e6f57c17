import { isWebBuilt } from '../../scripts/web-build.ts';

/** Without a built web app every test would wait in vain for a page: one clear failure instead. */
export default function requireBuild(): void {
  if (!isWebBuilt())
    throw new Error('The built web app is missing or older than its sources: run "npm run build" first.');
}
