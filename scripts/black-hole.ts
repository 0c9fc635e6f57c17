// npm run black-hole: the network between browser and server swallows every packet, then is back. Linux, as root, built web app.
import { chromium } from '@playwright/test';

import { LostNetwork } from './black-hole/lost-network.ts';
import { startServerInside } from './black-hole/server-inside.ts';
import { ensureChromium } from './find-chromium.ts';

const GOALS = { leftLive: 25, cameBack: 5 };
const SWALLOWED_AFTER_SILENCE_MS = 12_000;

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  throw new Error('This needs a network namespace of its own: run it as root on Linux.');
}
using network = new LostNetwork();
await using server = await startServerInside(network);
await using browser = await chromium.launch({
  executablePath: ensureChromium(),
  // As behind HTTPS, which this address cannot have here.
  args: [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    `--unsafely-treat-insecure-origin-as-secure=${server.address}`,
  ],
});
const page = await browser.newPage();
const live = page.getByRole('button', { name: 'Connection: Live' });
const messages = page.getByRole('log', { name: 'Messages' });

await page.goto(server.address);
await page.getByRole('button', { name: 'Try it now' }).click();
await page.getByRole('textbox', { name: 'Message' }).waitFor();
server.control('PATCH', '/accounts/demo', { settings: { persona: 'silent', hasSurvey: false } });
await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
await page.getByRole('button', { name: 'Send', exact: true }).click();
await page.waitForURL(/\/chat\/[\w-]+/);
await messages
  .getByText(/sent|accepted|read/)
  .first()
  .waitFor();
await live.waitFor();
const conversation = `/accounts/demo/conversations/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`;

network.swallow();
const swallowedAt = performance.now();
server.control('POST', `${conversation}/say`, { text: 'Said while the network was gone' });
await live.waitFor({ state: 'detached', timeout: 60_000 });
const leftLive = secondsSince(swallowedAt);
// Long enough that the tries to connect have begun to wait for each other.
await page.waitForTimeout(SWALLOWED_AFTER_SILENCE_MS);
network.giveBack();
const backAt = performance.now();
await live.waitFor({ timeout: 60_000 });
const cameBack = secondsSince(backAt);
const shown = await messages.getByText('Said while the network was gone').count();

console.table({
  'left Live after, s': leftLive,
  'Live again after, s': cameBack,
  'shown of what was missed': shown,
});
const isMet = leftLive <= GOALS.leftLive && cameBack <= GOALS.cameBack && shown === 1;
console.log(
  isMet ? 'The goals are met: 25 s, 5 s, nothing missed.' : 'A goal is missed: 25 s, 5 s, nothing missed.',
);
if (!isMet) process.exitCode = 1;

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}
