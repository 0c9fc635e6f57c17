import { CloudAdministrator } from './cloud-administrator.ts';
import { description, name } from './app-walk.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

test('single keys move through the apps, filter and create; the map names just the keys of the page', async ({
  page,
  problems,
}) => {
  await tryItNow(page);
  await page.goto('/apps');
  await expect(page.getByRole('link', { name: 'Open chat with Demo connector' })).toBeVisible();
  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard map' });
  await expect(map).toContainText('Next app');
  await expect(map.getByRole('heading', { level: 3 })).toHaveText(['Apps', 'Everywhere']);
  await page.keyboard.press('Escape');

  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Open chat with Demo connector' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'More for Retired connector' })).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('jn?');
  await expect(page.getByRole('searchbox', { name: 'Filter apps' })).toHaveValue('jn?');
  await page.getByRole('searchbox', { name: 'Filter apps' }).fill('');
  await expect(page.getByRole('link', { name: 'Open chat with Demo connector' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: 'Open chat with Demo connector' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('Ctrl+S installs and saves while one types; r runs the check again', async ({ page }) => {
  await tryItNow(page);
  await page.goto('/apps');
  await expect(page.getByRole('link', { name: 'Create app' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'New app' })).toBeFocused();
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).check();
  await name(page).fill('Saved by key');
  await description(page).fill('No mouse');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('heading', { name: 'Saved by key--Demo-- is installed' })).toBeVisible();

  await page.getByRole('link', { name: 'Set up webhooks' }).click();
  await page.waitForURL(/\/setup$/);
  await page.goto(`${page.url()}?step=check`);
  await expect(page.getByText('Everything is in place.')).toBeVisible();
  const checked = page.waitForRequest(/\/check/);
  await page.keyboard.press('r');
  await checked;
  await expect(page.getByText('Everything is in place.')).toBeVisible();
});

test('Enter in the palette does what was chosen and nothing else', async ({ page }) => {
  await tryItNow(page);
  await page.goto('/apps');
  const menu = page.getByRole('button', { name: /menu/ });
  await menu.focus();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Find a page, an app or a command' }).fill('about');
  await page.keyboard.press('Enter');

  const about = page.getByRole('dialog', { name: 'About Connector API demo' });
  await expect(about).toBeVisible();
  // The field is gone, and the key's focus back on the button: it must not press that, too.
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('the palette finds what is typed with letters left out', async ({ page }) => {
  await tryItNow(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a page, an app or a command' }).fill('gtap');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('option').first()).toContainText(
    'Go to apps',
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/apps$/);
});

test('the start leads back to the workbench, and the header to the conversation one was in', async ({
  page,
}) => {
  await tryItNow(page);
  const workbench = /\/apps\/[^/]+\/chat/;
  await page.goto('/');
  await expect(page).toHaveURL(workbench);
  await page.getByRole('textbox', { name: 'Message' }).fill('Where was I?');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/chat\/[^/?]+/);
  const conversation = page.url();
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  await page.getByRole('link', { name: 'Workbench' }).click();
  await expect(page).toHaveURL(conversation);
});

test('the palette finds a conversation by the consumer’s name, and keys lead to the message field', async ({
  page,
}) => {
  await tryItNow(page);
  await page.getByRole('textbox', { name: 'Consumer name' }).fill('Zuleika Quist');
  await page.getByRole('textbox', { name: 'Message' }).fill('Where am I?');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/chat\/[^/?]+/);
  const conversation = page.url();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/chat$/);
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a page, an app or a command' }).fill('zuleika');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(conversation);
  await expect(page.getByRole('group', { name: 'Status' })).toContainText('app Demo connector');
});

test('the header’s way to the workbench leads to no app that was uninstalled meanwhile', async ({
  page,
  world,
}) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  const other = await cloud.app('Retired connector');
  await cloud.change('Retired connector', { enabled: true });
  await cloud.uninstall('Demo connector');
  await page.goto(`/apps/${other.id}/setup`);
  await expect(page.getByRole('heading', { level: 2, name: 'Webhook endpoints' })).toBeVisible();

  await page.getByRole('link', { name: 'Workbench' }).click();

  await expect(page).toHaveURL(new RegExp(`/apps/${other.id}/chat$`));
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});
