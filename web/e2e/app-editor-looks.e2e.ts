import type { Page } from '@playwright/test';
import { CONTENT, description, editConnector, name, press, showSection, tabTo, wear } from './app-walk.ts';
import { CloudAdministrator } from './cloud-administrator.ts';
import { EVERY_LOOK, LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

test('an app is created by keyboard alone', async ({ page, world }) => {
  await tryItNow(page);
  await page.goto('/apps');
  await expect(page.getByRole('link', { name: 'Create app' })).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Create app' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, page.getByRole('checkbox', { name: /Demo app of this server/ }));
  await page.keyboard.press('Space');
  await tabTo(page, name(page));
  await page.keyboard.type('By keyboard');
  await tabTo(page, description(page));
  await page.keyboard.type('No mouse');
  await tabTo(page, page.getByRole('tab', { name: 'Details' }), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Webhooks' })).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: /^Messages: 0 headers/ }));
  await page.keyboard.press('Enter');
  const header = page.getByRole('textbox', { name: 'Name of a new header for Messages' });
  await tabTo(page, header);
  await page.keyboard.type('X-Key');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect(header).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, page.getByRole('button', { name: 'Install app' }));
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'By keyboard--Demo-- is installed' })).toBeVisible();
  const { capabilities } = await (await CloudAdministrator.signIn(world)).app('By keyboard--Demo--');
  expect(capabilities?.webhooks?.[CONTENT]?.headers).toEqual([{ header_name: 'X-Key', header_value: '1' }]);
});

for (const width of [390, 320]) {
  test(`apps are created and edited at ${width} px without anything cut off`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await tryItNow(page);
    await page.goto('/apps');
    await expect(page.getByText('Demo connector').first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await editConnector(page);
    await name(page).fill('');
    await press(page, 'Save');
    for (const section of ['Webhooks', 'Engagement', 'Manifest', 'Details']) {
      await showSection(page, section);
      if (section === 'Webhooks') await page.getByRole('button', { name: /^Messages: 0 headers/ }).click();
      await expectNoSidewaysScroll(page);
    }

    await page.goto('/apps/new');
    await page.getByRole('checkbox', { name: /Demo app of this server/ }).check();
    await name(page).fill('Long'.repeat(60));
    await expect(page.getByText(/Will be installed as Long.*--Demo--/)).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

for (const look of LOOKS) {
  test(
    `axe finds nothing on the row menu and the editor’s sections in ${look.name}`,
    EVERY_LOOK,
    async ({ page }) => {
      await wear(page, look);
      await tryItNow(page);
      await page.goto('/apps');
      await page.getByRole('button', { name: 'More for Demo connector' }).click();
      await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeVisible();
      await expectAccessible(page, 'row menu', '[role=menu]');
      await page.keyboard.press('Escape');

      await editConnector(page);
      for (const section of ['Webhooks', 'Engagement', 'Manifest', 'Details']) {
        await showSection(page, section);
        await expectAccessible(page, section);
      }
    },
  );

  test(
    `axe finds nothing on mistakes, leaving and a conflict in ${look.name}`,
    EVERY_LOOK,
    async ({ page, world }) => {
      await wear(page, look);
      await tryItNow(page);
      await editConnector(page);
      await name(page).fill('');
      await press(page, 'Save');
      await expect(page.getByText('Enter a name.')).toBeVisible();
      await expectAccessible(page, 'a mistake');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
      await expectAccessible(page, 'leaving');
      await press(page, 'Stay');
      await name(page).fill('Mine');
      await (await CloudAdministrator.signIn(world)).change('Demo connector', { client_name: 'Theirs' });
      await press(page, 'Save');
      await expect(page.getByRole('button', { name: 'Apply and save' })).toBeVisible();
      await expectAccessible(page, 'conflict');
    },
  );
}

/** What of the focused control and its hints lies below the upper edge of the bar at the bottom; `null`: nothing. */
const belowTheBar = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>(`(() => {
    const focused = document.activeElement;
    if (focused.closest('form') === null || focused.closest('.sticky-foot') !== null) return null;
    const hints = (focused.getAttribute('aria-describedby') ?? '').split(' ');
    const edge = document.querySelector('.sticky-foot').getBoundingClientRect().top;
    return [focused, ...hints.map((id) => document.getElementById(id))]
      .find((each) => each?.checkVisibility() && each.getBoundingClientRect().bottom > edge)?.outerHTML ?? null;
  })()`);

test('nothing that the keyboard is on hides behind the bar at the bottom, nor what is said about it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await tryItNow(page);
  await editConnector(page);
  await showSection(page, 'Webhooks');
  await page.getByRole('button', { name: /^Messages: 0 headers/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of a new header for Messages' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('X-Key');
  await expect(page.getByText('Enter a value.')).toBeVisible();
  await expect.poll(() => belowTheBar(page)).toBeNull();

  for (const section of ['Details', 'Webhooks', 'Engagement']) {
    await showSection(page, section);
    const close = page.getByRole('link', { name: 'Cancel' });
    while (!(await close.evaluate((link) => link.matches(':focus')))) {
      await page.keyboard.press('Tab');
      await expect.poll(() => belowTheBar(page)).toBeNull();
    }
  }
});

test('the manifest takes what its page leaves of the window, and no more', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await tryItNow(page);
  await editConnector(page);

  await showSection(page, 'Manifest');

  const card = await page.locator('form').boundingBox();
  const end = (card?.y ?? 0) + (card?.height ?? 0);
  expect(end).toBeGreaterThan(800);
  expect(end).toBeLessThanOrEqual(900);
  expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBe(900);
});
