// npm run screens [-- AREA …]: takes the pictures of docs/screens/ from the running app, at three widths in light and dark,
// some in high contrast. Without a name it takes all areas (scripts/screens/areas.ts).
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ensureChromium } from './find-chromium.ts';
import { runCommand } from './run-command.mjs';
import { AREAS } from './screens/areas.ts';
import { LOOKS, perform } from './screens/stage.ts';
import { ROOT, isWebBuilt } from './web-build.ts';

const FOLDER = join(ROOT, 'docs/screens');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  // Only looks whose name and width match, e.g. --look 390-dark: for a quick glance.
  options: { look: { type: 'string' } },
});
const looks = LOOKS.filter(({ width, name }) => (values.look ?? `${width}-${name}`) === `${width}-${name}`);

// Pictures of an older app would be untrue.
if (!isWebBuilt()) {
  const buildCode = await runCommand(process.execPath, ['scripts/build.ts'], { cwd: ROOT });
  if (buildCode !== 0) process.exit(buildCode);
}
const browser = await chromium.launch({ executablePath: ensureChromium(), args: browserFlags() });
try {
  for (const area of positionals.length > 0 ? positionals : Object.keys(AREAS)) await takeArea(area);
} finally {
  await browser.close();
}

async function takeArea(area: string): Promise<void> {
  const walk = AREAS[area];
  if (walk === undefined) throw new Error(`No area ${area}: choose from ${Object.keys(AREAS).join(', ')}`);
  const folder = join(FOLDER, area);
  if (values.look === undefined) rmSync(folder, { recursive: true, force: true });
  for (const look of looks) {
    await perform(browser, walk, folder, look);
    console.log(`${area} at ${look.width} px, ${look.name}`);
  }
}

function browserFlags(): string[] {
  const common = ['--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'];
  return process.getuid?.() === 0 ? [...common, '--no-sandbox'] : common;
}
