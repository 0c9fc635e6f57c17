import type { Page } from '@playwright/test';
import { expectAccessible } from './page-checks.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

// Parts of the app are loaded when they are wanted: by then the server may be down, or have a newer version.

const OF_ROW_MENU = /Disable(…|\\u2026)/;
const OF_USER_MENU = /menuitemcheckbox/;
const OF_PALETTE = /palette-list/;

test('a row’s menu that does not come says so, and its button loads the page anew', async ({ page }) => {
  await tryItNow(page);
  const restore = await loseFiles(page, OF_ROW_MENU);
  await page.goto('/apps');
  await page.getByRole('button', { name: 'More for Demo connector' }).click();

  await expect(page.getByRole('alert')).toContainText('The menu of Demo connector could not be loaded');
  const reload = page.getByRole('button', { name: 'The menu of Demo connector could not be loaded. Reload' });
  await expectAccessible(page, 'a menu that did not come');
  await restore();
  await reload.click();
  await page.getByRole('button', { name: 'More for Demo connector' }).click();
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeVisible();
});

test('the user’s menu and the palette say so, too', async ({ page }) => {
  await tryItNow(page);
  const restoreMenu = await loseFiles(page, OF_USER_MENU);
  const restorePalette = await loseFiles(page, OF_PALETTE);
  await page.goto('/apps');
  await expect(page.getByText('Demo connector').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('alert')).toContainText('The list of commands could not be loaded');
  await page.getByRole('button', { name: 'Close message' }).click();
  // Asked again, it is told again.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('alert')).toContainText('The list of commands could not be loaded');
  await page.getByRole('button', { name: /, menu$/ }).click();
  const reload = page.getByRole('button', { name: 'The menu could not be loaded. Reload the page' });
  await expect(reload).toBeVisible();

  await restoreMenu();
  await restorePalette();
  await reload.click();
  await page.getByRole('button', { name: /, menu$/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
});

test('a page that does not come is told once, and where one is stays', async ({ page }) => {
  await tryItNow(page);
  await page.route(/\/chunk-.*\.js$/, (route) => route.abort());
  await page.getByRole('link', { name: 'Set-up', exact: true }).click();

  await expect(page.getByRole('alert')).toContainText('This page could not be loaded');
  await expect(page.locator('.toast')).toHaveCount(1);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});

/** The files whose text matches do not come; what it returns ends that. */
async function loseFiles(page: Page, text: RegExp): Promise<() => Promise<void>> {
  let isLost = true;
  await page.route(/\.js$/, async (route) => {
    if (!isLost) return route.fallback();
    const answer = await route.fetch();
    if (!text.test(await answer.text())) return route.fallback();
    return route.abort();
  });
  return () => {
    isLost = false;
    return Promise.resolve();
  };
}
