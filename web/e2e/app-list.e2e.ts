import type { Page } from '@playwright/test';
import { choose, description, name, press, row } from './app-walk.ts';
import { CloudAdministrator } from './cloud-administrator.ts';
import { expectAccessible } from './page-checks.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

test('an app is disabled, enabled and uninstalled from the table, each after a look', async ({
  page,
  world,
  problems,
}) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  await page.goto('/apps');
  await choose(page, 'Demo connector', 'Disable');
  await page
    .getByRole('dialog', { name: 'Disable Demo connector?' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await expect(row(page, 'Demo connector').getByText('Enabled')).toBeVisible();

  await choose(page, 'Demo connector', 'Disable');
  await press(page, 'Disable');
  await expect(row(page, 'Demo connector').getByText('Disabled', { exact: true })).toBeVisible();
  expect((await cloud.app('Demo connector')).enabled).toBe(false);
  await choose(page, 'Demo connector', 'Enable');
  await expect(row(page, 'Demo connector').getByText('Enabled')).toBeVisible();

  // A list that is no longer true is not acted upon.
  await cloud.change('Retired connector', { description: 'In use again' });
  await choose(page, 'Retired connector', 'Uninstall');
  await press(page, 'Uninstall');
  await expect(page.getByText('Retired connector was not uninstalled')).toBeVisible();
  await expect(row(page, 'Retired connector')).toContainText('In use again');
  await press(page, 'Close message');
  await choose(page, 'Retired connector', 'Uninstall');
  await press(page, 'Uninstall');
  await expect(row(page, 'Retired connector')).toHaveCount(0);
  await expect(page.getByText('Retired connector was uninstalled')).toBeVisible();
  expect((await cloud.apps()).map((app) => app.client_name)).not.toContain('Retired connector');
  // The refused uninstall is all that the browser itself complained about.
  expect(problems.filter((problem) => !problem.includes('409'))).toEqual([]);
});

test('the keyboard stays where it is while apps are switched and uninstalled by it', async ({ page }) => {
  await tryItNow(page);
  await page.goto('/apps?sort=status');
  const more = (app: string) => page.getByRole('button', { name: `More for ${app}` });
  const chooseByKeys = async (app: string, entry: string) => {
    await more(app).press('Enter');
    const item = page.getByRole('menuitem', { name: entry });
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await item.focus();
    await item.press('Enter');
    // Keys are the menu's own until it has gone.
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  await chooseByKeys('Demo connector', 'Disable');
  await page.keyboard.press('Escape');
  await expect(more('Demo connector')).toBeFocused();

  await chooseByKeys('Demo connector', 'Disable');
  await page.getByRole('button', { name: 'Disable', exact: true }).press('Enter');
  await expect(row(page, 'Demo connector').getByText('Disabled', { exact: true })).toBeVisible();
  await expect(more('Demo connector')).toBeFocused();

  await chooseByKeys('Demo connector', 'Enable');
  await expect(row(page, 'Demo connector').getByText('Enabled')).toBeVisible();
  await expect(more('Demo connector')).toBeFocused();

  // The row is gone: the next one takes its place, and where none is left, the heading.
  await chooseByKeys('Demo connector', 'Uninstall');
  await page.getByRole('button', { name: 'Uninstall', exact: true }).press('Enter');
  await expect(row(page, 'Demo connector')).toHaveCount(0);
  await expect(more('Retired connector')).toBeFocused();
  await chooseByKeys('Retired connector', 'Uninstall');
  await page.getByRole('button', { name: 'Uninstall', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();
});

test('an account without a connector app says so and leads to the first one; other scopes are shown', async ({
  page,
  world,
}) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  await cloud.change('Retired connector', { scope: 'msg.consumer agent_id' });
  await page.goto('/apps');
  await expect(row(page, 'Retired connector')).toContainText('Extra scope: agent_id');

  await cloud.uninstall('Demo connector');
  await cloud.uninstall('Retired connector');
  await press(page, 'Refresh');
  await expect(page.getByRole('heading', { name: 'No connector app is installed' })).toBeVisible();
  await page.getByRole('link', { name: 'Create app' }).last().click();
  await expect(page).toHaveURL(/\/apps\/new$/);
});

test('an app that is not a connector app is not installed unasked, and the list shows it when asked', async ({
  page,
  world,
}) => {
  await tryItNow(page);
  await page.goto('/apps/new');
  await name(page).fill('Reader');
  await description(page).fill('Reads what agents do');
  await page.getByRole('textbox', { name: 'Scope' }).fill('agent_id');
  await press(page, 'Install app');
  const question = page.getByRole('dialog', { name: 'Install an app that cannot chat?' });
  await expect(question).toContainText('Without the scope msg.consumer');
  await question.getByRole('button', { name: 'Back to the details' }).click();
  await expect(page.getByRole('textbox', { name: 'Scope' })).toBeFocused();
  await press(page, 'Install app');
  await question.getByRole('button', { name: 'Install anyway' }).click();

  await expect(page.getByRole('heading', { name: 'Reader is installed' })).toBeVisible();
  await expect(page.getByText('The app lacks the scope msg.consumer')).toBeVisible();
  await expect(page.getByText('It can be used right away.')).toHaveCount(0);
  expect((await (await CloudAdministrator.signIn(world)).app('Reader')).scope).toBe('agent_id');
  await page.getByRole('link', { name: 'Back to apps' }).click();
  await expect(row(page, 'Reader')).toContainText('Not a connector app');
  await expectAccessible(page, 'apps that are not connector apps');
  await page.getByRole('button', { name: 'Hide again' }).click();
  await expect(row(page, 'Reader')).toHaveCount(0);
});

test('nothing moves when a secret shows, when nothing matches, or while the list is on its way', async ({
  page,
}) => {
  await tryItNow(page);
  for (const width of [1440, 1280, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/apps');
    await expect(row(page, 'Retired connector')).toBeVisible();
    const before = await columns(page);
    const rowBefore = await row(page, 'Demo connector').boundingBox();
    const reveal = page.getByRole('button', { name: 'Reveal secret of Demo connector' });
    const revealBefore = await reveal.boundingBox();
    await reveal.click();
    const hide = page.getByRole('button', { name: 'Hide secret of Demo connector' });
    expect(await hide.boundingBox(), `its button at ${width} px`).toEqual(revealBefore);
    expect(await row(page, 'Demo connector').boundingBox(), `its row at ${width} px`).toEqual(rowBefore);
    expect(await columns(page), `columns with a secret at ${width} px`).toEqual(before);

    await page.getByRole('searchbox', { name: 'Filter apps' }).fill('nothing like it');
    await expect(page.getByText('No connector app matches')).toBeVisible();
    expect(await columns(page), `columns of nothing at ${width} px`).toEqual(before);
  }
});

test('the way into a row’s menu stays inside the table at every width', async ({ page }) => {
  await tryItNow(page);
  for (const width of [1440, 1360, 1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/apps');
    const more = page.getByRole('button', { name: 'More for Retired connector' });
    await expect(more).toBeVisible();
    const [button, whole] = await Promise.all(
      [more, page.locator('.table-card')].map((part) => part.boundingBox()),
    );
    const end = (whole?.x ?? 0) + (whole?.width ?? 0);
    expect((button?.x ?? 0) + (button?.width ?? 0), `at ${width} px`).toBeLessThanOrEqual(end - 12);
  }
});

/** Where the columns stand. */
const columns = (page: Page): Promise<readonly (readonly number[])[]> =>
  page
    .locator('thead th')
    .evaluateAll((heads) => heads.map((head) => [head.getBoundingClientRect().x, head.clientWidth]));
