import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { CloudAdministrator } from './cloud-administrator.ts';
import { LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { connectorApp, tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

const name = (page: Page): Locator => page.getByRole('textbox', { name: 'Name', exact: true });
const description = (page: Page): Locator => page.getByRole('textbox', { name: 'Description' });
const manifest = (page: Page): Locator => page.getByRole('textbox', { name: 'Manifest as JSON' });
const row = (page: Page, app: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: app }) });
const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).click();
const showSection = (page: Page, section: string): Promise<void> =>
  page.getByRole('tab', { name: section }).click();

async function choose(page: Page, app: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${app}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Opens the connector app that every account has, ready to be edited. */
async function editConnector(page: Page, section = 'details'): Promise<void> {
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/edit?section=${section}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Demo connector' })).toBeVisible();
}

test('a new demo app is installed with one URL for all, and chats at once', async ({
  page,
  world,
  problems,
}) => {
  await tryItNow(page);
  await page.goto('/apps');
  await page.getByRole('link', { name: 'Create app' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New app' })).toBeFocused();
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).check();
  await name(page).fill('My bridge');
  await description(page).fill('Bridges channel X');
  await press(page, 'Install app');

  await expect(page.getByRole('heading', { name: 'My bridge--Demo-- is installed' })).toBeVisible();
  const cloud = await CloudAdministrator.signIn(world);
  const installed = await cloud.app('My bridge--Demo--');
  const { port } = new URL(world.origin);
  for (const type of WEBHOOK_EVENT_TYPES) {
    const { endpoint = '' } = installed.capabilities?.webhooks?.[type] ?? {};
    expect(new URL(endpoint).port).toBe(port);
  }
  await expect(page.getByText(installed.id)).toBeVisible();
  await press(page, 'Reveal secret of My bridge--Demo--');
  await expect(page.getByText(String(installed.client_secret))).toBeVisible();

  // A reload shows the same; the secret is masked again.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'My bridge--Demo-- is installed' })).toBeVisible();
  await expect(page.getByText(String(installed.client_secret))).toHaveCount(0);
  await page.getByRole('link', { name: 'Open chat' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello?');
  await press(page, 'Send');
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(/How can I help\?/)).toBeVisible({
    timeout: 20_000,
  });
  expect(problems).toEqual([]);
});

test('what is refused stays typed, is named at its field, and can be corrected', async ({ page, world }) => {
  await tryItNow(page);
  await page.goto('/apps/new?section=engagement');
  await press(page, 'Install app');
  await expect(name(page)).toBeFocused();
  await expect(page.getByText('Enter a name.')).toBeVisible();

  await name(page).fill('Demo connector');
  await description(page).fill('Typed once');
  await press(page, 'Install app');
  await expect(page.getByText('Another app of this account has this name.')).toBeVisible();
  await expect(page.getByText(/answered 409/)).toBeVisible();
  await expect(name(page)).toBeFocused();
  await expect(description(page)).toHaveValue('Typed once');

  // What only the cloud knows to be wrong is named at its field, too.
  await name(page).fill('Second connector');
  await showSection(page, 'Engagement');
  await page.getByRole('textbox', { name: 'Other word for Goals' }).fill('nonsense,');
  await press(page, 'Install app');
  await expect(page.getByText(/LivePerson says: .*nonsense/)).toBeVisible();
  // Given up, a word that is not documented is gone.
  await page.getByRole('checkbox', { name: /^nonsense/ }).click();
  await press(page, 'Install app');

  await expect(page.getByRole('heading', { name: 'Second connector is installed' })).toBeVisible();
  const cloud = await CloudAdministrator.signIn(world);
  expect((await cloud.app('Second connector')).description).toBe('Typed once');
});

test('endpoints, headers, retries and retention are edited and nothing else changes', async ({
  page,
  world,
  problems,
}) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  const known = (await cloud.app('Demo connector')).capabilities;
  await cloud.change('Demo connector', {
    'client_name#de': 'Vorführung',
    custom: { deep: [1, 2] },
    capabilities: {
      ...known,
      webhooks: { ...known?.webhooks, 'ms.Future': { since: 2030 }, retry: { retention_time: 9200 } },
    },
  });
  const before = await cloud.app('Demo connector');
  await editConnector(page, 'webhooks');
  await expect(page.getByLabel('Keep what cannot be delivered').locator('option:checked')).toHaveText(
    '2 h 33 min 20 s (9200 s)',
  );

  await page.getByRole('button', { name: /^Messages: 0 headers/ }).click();
  await page.getByRole('textbox', { name: 'Name of a new header for Messages' }).fill('X-Key');
  await page.getByRole('textbox', { name: 'Value of a new header for Messages' }).fill('v 1');
  await page.getByRole('button', { name: 'Add header' }).and(page.locator(':visible')).click();
  await expect(page.getByRole('textbox', { name: 'Name of a new header for Messages' })).toHaveValue('');
  await page.getByLabel('Maximum retries').and(page.locator(':visible')).selectOption('2');
  await page.getByRole('textbox', { name: 'Messages', exact: true }).fill('https://connector.example.com/in');
  await page.getByLabel('Keep what cannot be delivered').selectOption({ label: '12 hours' });
  await press(page, 'Save');

  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(await cloud.app('Demo connector')).toEqual({
    ...before,
    capabilities: {
      ...before.capabilities,
      webhooks: {
        ...before.capabilities?.webhooks,
        [CONTENT]: {
          endpoint: 'https://connector.example.com/in',
          max_retries: 2,
          headers: [{ header_name: 'X-Key', header_value: 'v 1' }],
        },
        retry: { retention_time: 43_200 },
      },
    },
  });
  expect(problems).toEqual([]);
});

test('a change that somebody else made in the cloud is never overwritten unseen', async ({ page, world }) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  await editConnector(page);
  await description(page).fill('Mine');
  await cloud.change('Retired connector', { description: 'Another app: no conflict' });
  await press(page, 'Save');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await description(page).fill('Mine again');
  await cloud.change('Demo connector', { description: 'Theirs', scope: 'msg.consumer agent_id' });
  await press(page, 'Save');
  await expect(page.getByRole('heading', { name: 'Somebody else changed this app meanwhile' })).toBeFocused();
  expect((await cloud.app('Demo connector')).description).toBe('Theirs');
  const theirs = page.getByRole('group', { name: /^Scope/ }).getByRole('radio', { name: /^Theirs/ });
  await expect(theirs).toBeChecked();
  const mine = page.getByRole('group', { name: /^Description/ }).getByRole('radio', { name: /^Mine/ });
  await expect(mine).toBeChecked();
  await press(page, 'Save this choice');

  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  expect(await cloud.app('Demo connector')).toEqual(
    expect.objectContaining({ description: 'Mine again', scope: 'msg.consumer agent_id' }),
  );

  await description(page).fill('Too late');
  await cloud.uninstall('Demo connector');
  await press(page, 'Save');
  await expect(page.getByText('The account has no such app')).toBeVisible();
  await expect(description(page)).toHaveValue('Too late');
});

test('a manifest is exported, imported and pasted, with members that nobody here knows', async ({
  page,
  world,
}, testInfo) => {
  await tryItNow(page);
  await editConnector(page, 'manifest');
  const download = page.waitForEvent('download');
  await press(page, 'Download');
  const file = testInfo.outputPath((await download).suggestedFilename());
  await (await download).saveAs(file);
  expect(file).toMatch(/demo-connector\.manifest\.json$/);
  const exported = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  expect(Object.keys(exported)).not.toContain('client_secret');

  await page.goto('/apps/new?section=manifest');
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('Read from demo-connector.manifest.json.')).toBeVisible();
  await showSection(page, 'Details');
  await expect(name(page)).toHaveValue('Demo connector');
  await showSection(page, 'Manifest');
  await manifest(page).fill('{ "client_name": ');
  await expect(page.getByText('This is no JSON').first()).toBeVisible();
  await press(page, 'Install app');
  await expect(manifest(page)).toBeFocused();
  const pasted = { ...exported, client_name: 'Copy', custom: { kept: true }, client_secret: 'foreign' };
  await manifest(page).fill(JSON.stringify(pasted));
  await expect(page.getByText(/Only LivePerson sets client_secret/)).toBeVisible();
  await press(page, 'Install app');

  await expect(page.getByRole('heading', { name: 'Copy is installed' })).toBeVisible();
  const installed = await (await CloudAdministrator.signIn(world)).app('Copy');
  expect(installed['custom']).toEqual({ kept: true });
  expect(installed.client_secret).not.toBe('foreign');
  expect(installed.capabilities?.webhooks).toEqual(
    (exported['capabilities'] as typeof installed.capabilities)?.webhooks,
  );
});

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

test('an account without a connector app says so and leads to the first one; other scopes are shown', async ({
  page,
  world,
}) => {
  await tryItNow(page);
  const cloud = await CloudAdministrator.signIn(world);
  await cloud.change('Retired connector', { scope: 'msg.consumer agent_id' });
  await page.goto('/apps');
  await expect(row(page, 'Retired connector')).toContainText('+1 scope');

  await cloud.uninstall('Demo connector');
  await cloud.uninstall('Retired connector');
  await press(page, 'Refresh');
  await expect(page.getByRole('heading', { name: 'No connector app is installed' })).toBeVisible();
  await page.getByRole('link', { name: 'Create the first app' }).click();
  await expect(page).toHaveURL(/\/apps\/new$/);
});

test('nothing typed is lost by leaving, reloading or a session that ends', async ({ page }) => {
  await tryItNow(page);
  await editConnector(page);
  await name(page).fill('Typed');
  await page.getByRole('link', { name: 'Workbench' }).click();
  await press(page, 'Stay');
  await expect(name(page)).toHaveValue('Typed');

  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  // Another tab of this browser signs out.
  await page.request.post('/api/sign-out');
  await press(page, 'Try it now');
  await expect(name(page)).toHaveValue('Typed');
  await expect(page.getByText('What you typed before the session ended is back')).toBeVisible();
  await press(page, 'Save');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Typed' })).toBeVisible();
});

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
  });
}

for (const look of LOOKS) {
  test(`axe finds nothing on the row menu and the editor’s sections in ${look.name}`, async ({ page }) => {
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
  });

  test(`axe finds nothing on mistakes, leaving and a conflict in ${look.name}`, async ({ page, world }) => {
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
    await expect(page.getByRole('button', { name: 'Save this choice' })).toBeVisible();
    await expectAccessible(page, 'conflict');
  });
}

/** Shows the page as somebody with these wishes sees it. */
async function wear(page: Page, { colorScheme, contrast }: (typeof LOOKS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if (contrast !== null) await page.addInitScript(() => localStorage.setItem('contrast', 'more'));
}

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, control: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(control)} cannot be reached with ${key}`);
}
