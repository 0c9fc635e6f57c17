// npm run screens: takes the pictures of docs/screens/ from the running app, each screen at three widths in light and dark.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { startWorld } from '../web/e2e/world.ts';
import { ensureChromium } from './find-chromium.ts';
import { ROOT } from './web-build.ts';

const FOLDER = join(ROOT, 'docs/screens');

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

type Take = (screen: string) => Promise<void>;

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: browserFlags() });
try {
  for (const viewport of SIZES) for (const colorScheme of SCHEMES) await takeAll({ viewport, colorScheme });
} finally {
  await browser.close();
}

/** One walk through the app, from a world of its own so that every picture shows the same. */
async function takeAll(options: Pick<BrowserContextOptions, 'viewport' | 'colorScheme'>): Promise<void> {
  await using world = await startWorld();
  const page = await openPage(browser, { ...options, baseURL: world.origin });
  const suffix = `${options.viewport?.width ?? 0}-${options.colorScheme ?? 'light'}`;
  const take: Take = async (screen) => {
    await page.screenshot({ path: join(FOLDER, `${screen}-${suffix}.png`), animations: 'disabled' });
    console.log(`${screen}-${suffix}`);
  };
  await takeSignIn(page, take);
  await takeWorkbench(page, take);
  await takeApps(page, take);
  await takeSetUp(page, take);
  await page.context().close();
}

async function openPage(from: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options });
  return context.newPage();
}

async function takeSignIn(page: Page, take: Take): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).waitFor();
  await take('sign-in');
  await page.getByLabel('Account number').fill('demo');
  await page.getByLabel('Login name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('mistyped');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Login name or password is wrong').waitFor();
  await take('sign-in-refused');
}

async function takeWorkbench(page: Page, take: Take): Promise<void> {
  await page.getByRole('button', { name: 'Try it now' }).click();
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.waitFor();
  await take('workbench-empty');
  await message.fill('Hi! Where is my order 4711?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const messages = page.getByRole('log', { name: 'Messages' });
  await messages
    .getByText(/\bread\b/)
    .first()
    .waitFor();
  await page
    .getByText(/is typing/)
    .first()
    .waitFor();
  await take('workbench-typing');
  await page
    .getByText(/is typing/)
    .first()
    .waitFor({ state: 'detached' });
  await take('workbench');
  await showInspector(page);
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option').first().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('workbench-webhooks');
}

/** On a phone one pane is shown at a time. */
async function showInspector(page: Page): Promise<void> {
  const tab = page.getByRole('button', { name: 'Inspector', exact: true });
  if (await tab.isVisible()) await tab.click();
}

async function takeApps(page: Page, take: Take): Promise<void> {
  await page.goto('/apps');
  await page.getByText('Demo connector').first().waitFor();
  await take('apps');
}

async function takeSetUp(page: Page, take: Take): Promise<void> {
  await page.goto('/setup');
  for (const step of ['messaging', 'app', 'endpoints']) {
    const next = page.getByRole('button', { name: 'Next', exact: true });
    await page.locator('button:has-text("Next"):not([aria-disabled="true"])').waitFor();
    await take(`set-up-${step}`);
    await next.click();
  }
  await page.getByRole('link', { name: 'Open the chat' }).waitFor();
  await take('set-up-check');
}

function browserFlags(): string[] {
  const common = ['--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'];
  return process.getuid?.() === 0 ? [...common, '--no-sandbox'] : common;
}
