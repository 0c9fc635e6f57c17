// npm run bench:web: how heavy and how quick the workbench is in a real browser (docs/performance.md). Ends with 1 when a
// goal is missed. Takes about two minutes; needs the machine for itself.
import { cpus } from 'node:os';
import { chromium, type Browser, type Page } from '@playwright/test';
import { quantile } from '../../../server/bench/statistics.ts';
import { loadedScripts } from './loaded-scripts.ts';
import { measurePaintedLatency } from './painted-latency.ts';
import { scrollThrough } from './scrolling.ts';
import { openWebhookSource, type WebhookSource } from './webhook-source.ts';
import { startConversation } from '../played-agent.ts';
import { startWorld, type World } from '../world.ts';
import { ensureChromium } from '../../../scripts/find-chromium.ts';
import { gzippedBytes, initialScripts } from '../../../scripts/measure/initial-javascript.ts';
import { runCommand } from '../../../scripts/run-command.mjs';
import { ROOT } from '../../../scripts/web-build.ts';

interface Figure {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly isMissed: boolean;
}

const MESSAGES = 5_000;
const PIXELS_PER_FRAME = 120;

process.exitCode = await runCommand(process.execPath, ['scripts/build.ts', '--if-changed'], { cwd: ROOT });
if (process.exitCode === 0) {
  const figures = await inBrowser(async (browser) => [
    ...(await inConversation(browser, latencyFigures)),
    ...(await inConversation(browser, longConversationFigures)),
  ]);
  printTable(figures);
  process.exitCode = figures.some(({ isMissed }) => isMissed) ? 1 : 0;
}

type Measure = (page: Page, source: WebhookSource) => Promise<readonly Figure[]>;

async function latencyFigures(page: Page, source: WebhookSource): Promise<readonly Figure[]> {
  await page.reload();
  await page.getByRole('log', { name: 'Messages' }).getByText('Hello').waitFor();
  const initial = new Set(initialScripts().map((path) => `/${path}`));
  const beyond = (await loadedScripts(page)).filter((path) => !initial.has(path));
  const weight = gzippedBytes(beyond) / 1_000;
  const { latenciesMs, clockErrorMs } = await measurePaintedLatency(page, source, {
    ...{ perSecond: 50, warmUp: 100, count: 1_000 },
  });
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(latenciesMs, share));
  const clock = `clocks compared to ±${clockErrorMs.toFixed(1)} ms`;
  return [
    atMost('Workbench beyond the initial JavaScript, gzip', weight, 250, 'kB'),
    atMost('Webhook in to its message painted, 50 a second, p50', p50, 30, 'ms'),
    atMost(`The same, p95 (p99 ${words(p99, 'ms')}; ${clock})`, p95, 80, 'ms'),
  ];
}

async function longConversationFigures(page: Page, source: WebhookSource): Promise<readonly Figure[]> {
  const perWebhook = 50;
  for (let sent = 0; sent < MESSAGES; sent += perWebhook) {
    await source.post(Array.from({ length: perWebhook }, (_, index) => textOf(sent + index)));
  }
  // Nobody scrolls through thousands that arrive at once: they were read before.
  await source.postRead();
  const messages = page.getByRole('log', { name: 'Messages' });
  const last = textOf(MESSAGES - 1);
  await messages.getByText(last).waitFor();
  const startedAt = performance.now();
  await page.reload();
  await messages.getByText(last).waitFor();
  const openMs = performance.now() - startedAt;
  await page.getByText('Live', { exact: true }).first().waitFor();
  const figures = [atMost(`Conversation of ${MESSAGES} messages opened by its URL`, openMs, 3_000, 'ms')];
  for (const way of ['up', 'down'] as const) {
    const { framesPerSecond, longestFrameMs, longTasks, pixels, seconds } = await scrollThrough(
      ...([page, way, PIXELS_PER_FRAME] as const),
    );
    const path = `${Math.round(pixels)} px in ${words(seconds, 's')}`;
    const worst = `longest frame ${words(longestFrameMs, 'ms')}, ${longTasks} long tasks`;
    figures.push(atLeast(`Scrolling ${way} through all of it (${path}; ${worst})`, framesPerSecond, 55));
  }
  return figures;
}

/** Lines of different lengths, as people write. */
function textOf(index: number): string {
  return `Message ${index}. ${'A sentence about the order that was asked for. '.repeat(index % 4)}`.trim();
}

async function inConversation(browser: Browser, measure: Measure): Promise<readonly Figure[]> {
  await using world: World = await startWorld();
  const context = await browser.newContext({
    ...{ baseURL: world.origin, locale: 'en-US', viewport: { width: 1440, height: 900 } },
  });
  try {
    const page = await context.newPage();
    const { conversationId } = await startConversation(page, world);
    return await measure(page, await openWebhookSource(page, world, conversationId));
  } finally {
    await context.close();
  }
}

async function inBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath: ensureChromium(), args });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

function words(value = Number.NaN, unit: string): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}

function atMost(what: string, value = Number.NaN, limit: number, unit: string): Figure {
  return { what, figure: words(value, unit), goal: `≤ ${limit} ${unit}`, isMissed: !(value <= limit) };
}

function atLeast(what: string, value: number, limit: number): Figure {
  const unit = 'frames/s';
  return { what, figure: words(value, unit), goal: `≥ ${limit} ${unit}`, isMissed: !(value >= limit) };
}

function printTable(rows: readonly Figure[]): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${process.platform}`;
  const date = new Date().toISOString().slice(0, 10);
  print(`\nTaken by \`npm run bench:web\` on ${date}, ${machine}:\n`);
  print('| what | figure | goal |  |\n| --- | --- | --- | --- |');
  for (const { what, figure, goal, isMissed } of rows) {
    print(`| ${what} | ${figure} | ${goal} | ${isMissed ? '**missed**' : 'met'} |`);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
