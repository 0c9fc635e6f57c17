// npm run lighthouse: Lighthouse on sign-in and apps of the built app, as a phone and as a desktop. Takes about two minutes; not
// part of npm test. The goal is at least 95 in every category; a page below it makes the exit code 1.
// Each page is loaded several times and the run with the middle performance counts: single runs differ by ten points. Lighthouse
// takes the phone to be four times slower than this machine: its speed (benchmarkIndex, then) stands beside the figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { ensureChromium } from './find-chromium.ts';
import { runCommand } from './run-command.mjs';
import { startServer } from './start-server.ts';
import { ROOT } from './web-build.ts';

const GOAL = 95;
const RUNS = 5;
/** Lighthouse's categories; what it adds as an experiment is not among them. */
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** The whole reports, for who wants to know why. */
const REPORTS = join(ROOT, 'dist/lighthouse');

/** Lighthouse's two presets: a slow phone on a slow network, and a desktop. */
const FORMS = { phone: undefined, desktop: desktopConfig } as const;
type Form = keyof typeof FORMS;

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

interface Visit {
  readonly page: string;
  readonly form: Form;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Row {
  readonly visit: Visit;
  readonly report: Report;
  /** Performance of every run, the lowest first. */
  readonly performances: readonly number[];
}

mkdirSync(REPORTS, { recursive: true });
const built = await runCommand(process.execPath, ['scripts/build.ts', '--if-changed'], { cwd: ROOT });
if (built !== 0) process.exit(built);
const rows = await measure();
print(rows);
process.exitCode = rows.every(({ report }) => CATEGORIES.every((id) => scoreOf(report, id) >= GOAL)) ? 0 : 1;

async function measure(): Promise<readonly Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  const ports = { SERVER_HTTP_PORT: '0', EMULATOR_HTTP_PORT: '0', EMULATOR_HTTPS_PORT: '0' };
  const env = { ...ports, EMULATOR_ENABLED: 'true', LOG_LEVEL: 'error', DATA_DIR: dataDir };
  const { address, child, exit } = await startServer(env, () => undefined);
  try {
    const Cookie = await cookieOf(address);
    const found: Row[] = [];
    for (const form of ['phone', 'desktop'] as const) {
      found.push(await rowOf({ page: 'sign-in', form, url: `${address}/sign-in`, headers: {} }));
      found.push(await rowOf({ page: 'apps', form, url: `${address}/apps`, headers: { Cookie } }));
    }
    return found;
  } finally {
    child.kill('SIGTERM');
    await exit;
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Signs in to the emulator's account and gives the session's cookie. */
async function cookieOf(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/sign-in/demo`, { method: 'POST' });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1).join(''))
    .join('; ');
}

async function rowOf(visit: Visit): Promise<Row> {
  const reports: Report[] = [];
  for (let run = 0; run < RUNS; run += 1) reports.push(await completeReportOf(visit));
  reports.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
  const report = reports[Math.floor(RUNS / 2)];
  if (report === undefined) throw new Error('No run');
  writeFileSync(join(REPORTS, `${visit.page}-${visit.form}.json`), JSON.stringify(report, null, 2));
  return { visit, report, performances: reports.map((each) => scoreOf(each, 'performance')) };
}

/** A load that Lighthouse itself could not follow to its end says nothing about the page: it is told, and made again. */
async function completeReportOf(visit: Visit, triesLeft = 2): Promise<Report> {
  const report = await reportOf(visit);
  const missing = CATEGORIES.find((id) => typeof report.categories[id]?.score !== 'number');
  if (missing === undefined) return report;
  const reason = report.runtimeError?.message ?? report.runWarnings.join(' ');
  const message = `Lighthouse has no figure for ${missing} of ${visit.page} (${visit.form}): ${reason}`;
  if (triesLeft === 0) throw new Error(message);
  console.error(message);
  return completeReportOf(visit, triesLeft - 1);
}

async function reportOf({ url, headers, form }: Visit): Promise<Report> {
  const port = 9200 + Math.floor(Math.random() * 700);
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...args, `--remote-debugging-port=${port}`],
  });
  try {
    const onlyCategories: string[] = [...CATEGORIES];
    const flags = { port, output: 'json', logLevel: 'error', extraHeaders: { ...headers } } as const;
    const result = await lighthouse(url, { ...flags, onlyCategories }, FORMS[form]);
    if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
    return result.lhr;
  } finally {
    await browser.close();
  }
}

/** 0 to 100. */
function scoreOf({ categories }: Report, id: string): number {
  return Math.round((categories[id]?.score ?? 0) * 100);
}

/** Audits that cost points, by their titles. */
function lostBy({ audits, categories }: Report): string {
  return CATEGORIES.flatMap((id) => categories[id]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${audits[id]?.title ?? id} ${audits[id]?.displayValue ?? ''}`.trim())
    .join('; ');
}

function print(all: readonly Row[]): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${process.platform}`;
  const day = new Date().toISOString().slice(0, 10);
  console.log(`\nTaken by \`npm run lighthouse\` on ${day}, ${machine}, middle of ${RUNS} runs:\n`);
  const heads = [
    'page',
    'as',
    ...CATEGORIES,
    'performance of each run',
    'speed of the machine',
    'what cost points',
  ];
  console.log(`| ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length)}`);
  for (const { visit, report, performances } of all) {
    const scores = CATEGORIES.map((id) => scoreOf(report, id));
    const speed = Math.round(report.environment.benchmarkIndex);
    const cells = [visit.page, visit.form, ...scores, performances.join(', '), speed, lostBy(report)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
