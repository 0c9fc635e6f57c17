// node scripts/lighthouse.ts: Lighthouse on sign-in and apps of the built app. Takes about a minute; not part of npm test.
// The goal is at least 95 in every category; a page below it makes the exit code 1.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { ensureChromium } from './find-chromium.ts';
import { startServer } from './start-server.ts';

const GOAL = 95;

/** Lighthouse's two presets: a slow phone on a slow network, and a desktop. */
const FORMS = { phone: undefined, desktop: desktopConfig } as const;
type Form = keyof typeof FORMS;

interface Score {
  readonly page: string;
  readonly form: Form;
  readonly category: string;
  /** 0 to 100. */
  readonly score: number;
  /** Audits that cost points, by their titles. */
  readonly lost: readonly string[];
}

const scores = await measure();
print(scores);
process.exitCode = scores.every(({ score }) => score >= GOAL) ? 0 : 1;

async function measure(): Promise<readonly Score[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  const ports = { SERVER_HTTP_PORT: '0', EMULATOR_HTTP_PORT: '0', EMULATOR_HTTPS_PORT: '0' };
  const env = { ...ports, EMULATOR_ENABLED: 'true', LOG_LEVEL: 'error', DATA_DIR: dataDir };
  const { address, child, exit } = await startServer(env, () => undefined);
  try {
    const cookie = await cookieOf(address);
    const scores: Score[] = [];
    for (const form of ['phone', 'desktop'] as const) {
      scores.push(...(await scoresOf('sign-in', form, { url: `${address}/sign-in`, headers: {} })));
      scores.push(...(await scoresOf('apps', form, { url: `${address}/apps`, headers: { Cookie: cookie } })));
    }
    return scores;
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

async function scoresOf(
  page: string,
  form: Form,
  { url, headers }: { readonly url: string; readonly headers: Record<string, string> },
): Promise<readonly Score[]> {
  const port = 9200 + Math.floor(Math.random() * 700);
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...args, `--remote-debugging-port=${port}`],
  });
  try {
    const flags = { port, output: 'json', logLevel: 'error', extraHeaders: headers } as const;
    const result = await lighthouse(url, flags, FORMS[form]);
    if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
    const { audits, categories } = result.lhr;
    return Object.values(categories).map(({ title, score, auditRefs }) => ({
      ...{ page, form },
      category: title,
      score: Math.round((score ?? 0) * 100),
      lost: auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
        .map(({ id }) => `${audits[id]?.title ?? id} ${audits[id]?.displayValue ?? ''}`.trim()),
    }));
  } finally {
    await browser.close();
  }
}

function print(all: readonly Score[]): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${process.platform}`;
  console.log(
    `\nTaken by \`node scripts/lighthouse.ts\` on ${new Date().toISOString().slice(0, 10)}, ${machine}:\n`,
  );
  console.log('| page | as | category | score | what cost points |\n| --- | --- | --- | --- | --- |');
  for (const { page, form, category, score, lost } of all) {
    console.log(`| ${page} | ${form} | ${category} | ${score} | ${lost.join('; ')} |`);
  }
}
