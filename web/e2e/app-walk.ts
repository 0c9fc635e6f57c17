import { expect, type Locator, type Page } from '@playwright/test';
import type { LOOKS } from './page-checks.ts';
import { connectorApp } from './webhook-set-up.ts';

// What a person does with the list of apps and the editor.

export const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

export const name = (page: Page): Locator => page.getByRole('textbox', { name: 'Name', exact: true });
export const description = (page: Page): Locator => page.getByRole('textbox', { name: 'Description' });
export const manifest = (page: Page): Locator => page.getByRole('textbox', { name: 'Manifest as JSON' });
export const row = (page: Page, app: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: app }) });
export const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).click();
export const showSection = (page: Page, section: string): Promise<void> =>
  page.getByRole('tab', { name: section }).click();

export async function choose(page: Page, app: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${app}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Opens the connector app that every account has, ready to be edited. */
export async function editConnector(page: Page, section = 'details'): Promise<void> {
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/edit?section=${section}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Demo connector' })).toBeVisible();
}

/** Shows the page as somebody with these wishes sees it. */
export async function wear(page: Page, { colorScheme, contrast }: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if (contrast !== null) await page.addInitScript(() => localStorage.setItem('contrast', 'more'));
}

/** Presses Tab until the control has the focus. */
export async function tabTo(page: Page, control: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(control)} cannot be reached with ${key}`);
}
