import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { ensureChromium } from '../find-chromium.ts';
import { answerFirstMessage } from '../../web/e2e/first-message.ts';
import { runStartLocal } from '../testing/run-start-local.ts';

/** Both counted from the command on. */
export interface FirstMessage {
  /** Until the address was printed. */
  readonly startedMs: number;
  /** Until the page showed the agent's answer, and the message as read. */
  readonly answeredMs: number;
}

/** Runs `npm run start-local` in `folder` and goes in a real browser from the sign-in page to the answered message. */
export async function measureFirstMessage(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<FirstMessage> {
  // A person has a browser open already: its start is not counted.
  const browser = await launch();
  const dataDir = await mkdtemp(join(tmpdir(), 'measure-'));
  try {
    const startedAt = performance.now();
    await using run = await runStartLocal({ folder, env: { ...env, DATA_DIR: dataDir } });
    const startedMs = performance.now() - startedAt;
    const page = await browser.newPage();
    await page.goto(run.origin);
    await answerFirstMessage(page);
    return { startedMs, answeredMs: performance.now() - startedAt };
  } finally {
    await browser.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function launch(): Promise<Browser> {
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: ensureChromium(), args });
}
