import type { Page } from '@playwright/test';
import { EVERY_LOOK, LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { connectorApp, tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

test('a session that ended leads to sign-in, and back to the same place', async ({ page }) => {
  await tryItNow(page);
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Filter apps' }).fill('demo');
  await expect(page).toHaveURL(/filter=demo/);

  // Another tab of this browser signs out.
  await page.request.post('/api/sign-out');

  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page).toHaveURL(/\/apps\?filter=demo/);
  await expect(page.getByRole('searchbox', { name: 'Filter apps' })).toHaveValue('demo');
});

test('a session about to end says so, and lets one stay', async ({ page, problems }) => {
  await tryItNow(page);
  await page.route('**/api/session?peek', async (route) => {
    const answer = await route.fetch();
    const session: unknown = await answer.json();
    await route.fulfill({ response: answer, json: { ...(session as object), expiresInMs: 100_000 } });
  });
  await page.goto('/apps');

  const warning = page.getByRole('alertdialog', { name: 'Your session is about to end' });
  await expect(warning).toContainText(/1:\d\d left/);
  await expectAccessible(page, 'session warning');
  await warning.getByRole('button', { name: 'Stay signed in' }).click();

  await expect(warning).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('from sign-in to a sent message by keyboard alone', async ({ page, problems }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  await tabTo(page, 'Try it now');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await tabTo(page, 'Message');
  await page.keyboard.type('By keyboard?');
  // None of the frame's keys fires while typing.
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('By keyboard?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');

  await expect(
    page.getByRole('log', { name: 'Messages' }).getByText('By keyboard?', { exact: true }),
  ).toBeVisible();
  expect(problems).toEqual([]);
});

test('the palette finds pages and apps, the map shows the keys', async ({ page, problems }) => {
  await tryItNow(page);
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard map' })).toBeVisible();
  await expectAccessible(page, 'keyboard map');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find a page, an app or a command' });
  await expect(field).toBeFocused();
  await field.fill('check demo');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('option')).toHaveCount(1);
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Everything is in place.')).toBeVisible();

  await page.getByRole('heading', { level: 2, name: 'Check' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('the user menu begins with its first entry in sight, on any width', async ({ page }) => {
  await tryItNow(page);
  for (const [width, first] of [
    [1440, 'Theme: system'],
    [390, 'Apps'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: /menu/ }).press('Enter');
    await expect(page.getByRole('menu').getByText(first, { exact: true })).toBeVisible();
    await expect(page.locator('[role^=menuitem]:focus')).toContainText(first);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
  }
});

test('theme and contrast are chosen in the menu and stay', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Theme: dark' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'High contrast' }).click();
  await page.reload();

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
});

for (const width of [390, 320]) {
  test(`nothing is cut off at ${width} px, and the menu leads everywhere`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/');
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Try it now' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: /menu/ }).click();
    await page.getByRole('menuitem', { name: 'Apps', exact: true }).click();
    await expect(page.getByText('Demo connector').first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    for (const path of await wizardPaths(page)) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

for (const { name, colorScheme, contrast } of LOOKS) {
  test(
    `axe finds nothing on sign-in, apps, set-up and not-found in ${name}`,
    EVERY_LOOK,
    async ({ page }) => {
      // Axe reads every element of seven screens: a busy machine takes its time for that.
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (contrast !== null) await page.addInitScript(() => localStorage.setItem('contrast', 'more'));
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Try it now' })).toBeVisible();
      await expectAccessible(page, 'sign-in');
      await page.getByRole('button', { name: 'Try it now' }).click();
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
      await page.goto('/apps');
      await expect(page.getByText('Demo connector').first()).toBeVisible();
      await expectAccessible(page, 'apps');
      for (const path of await wizardPaths(page)) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
        if (path.endsWith('check')) await expect(page.getByText('Everything is in place.')).toBeVisible();
        await expectAccessible(page, path);
      }
      await page.goto('/nowhere');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
      await expectAccessible(page, 'not found');
    },
  );
}

async function wizardPaths(page: Page): Promise<readonly string[]> {
  const { id } = await connectorApp(page);
  return ['messaging', 'app', 'endpoints', 'check'].map((step) => `/apps/${id}/setup?step=${step}`);
}

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const active = document.activeElement;
      const label = active instanceof HTMLTextAreaElement ? active.labels[0]?.textContent : null;
      return active?.getAttribute('aria-label') ?? label ?? active?.textContent ?? '';
    });
    if (focused.trim() === name) return;
  }
  throw new Error(`${name} cannot be reached with Tab`);
}
