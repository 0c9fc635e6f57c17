import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { CONTENT, description, editConnector, name, press, showSection } from './app-walk.ts';
import { CloudAdministrator } from './cloud-administrator.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

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
  await expect(page.getByText('Another app in this account has this name.')).toBeVisible();
  await expect(page.getByText(/answered 409/)).toBeVisible();
  await expect(name(page)).toBeFocused();
  await expect(description(page)).toHaveValue('Typed once');

  // What only the cloud knows to be wrong is named at its field, too.
  await name(page).fill('Second connector');
  await showSection(page, 'Engagement');
  await page.getByRole('textbox', { name: 'Other word for Goals' }).fill('nonsense,');
  await press(page, 'Install app');
  await expect(page.getByText(/The emulator says: .*nonsense/)).toBeVisible();
  // Given up, a word that is not documented is gone.
  await page.getByRole('checkbox', { name: /^nonsense/ }).click();
  await press(page, 'Install app');

  await expect(page.getByRole('heading', { name: 'Second connector is installed' })).toBeVisible();
  const cloud = await CloudAdministrator.signIn(world);
  expect((await cloud.app('Second connector')).description).toBe('Typed once');
});

test('a mistake far down the form comes into sight above the bar at the bottom', async ({ page }) => {
  await tryItNow(page);
  for (const [width, height] of [
    [1440, 900],
    [1024, 600],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('/apps/new');
    await name(page).fill('Far down');
    await description(page).fill('Has a wrong redirect URI');
    const redirects = page.getByRole('textbox', { name: 'Redirect URIs' });
    await redirects.fill('nope');
    await showSection(page, 'Webhooks');
    await press(page, 'Install app');

    await expect(redirects).toBeFocused();
    const error = page.getByText('“nope” is not a complete URI.');
    await expect(error).toBeVisible();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const [field, words, bar] = await Promise.all(
      [redirects, error, page.locator('.sticky-foot')].map((part) => part.boundingBox()),
    );
    expect(field?.y, `at ${width} px`).toBeGreaterThan(52);
    expect((words?.y ?? 0) + (words?.height ?? 0), `at ${width} px`).toBeLessThanOrEqual(bar?.y ?? 0);
  }
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
  await expect(page.getByLabel('Keep undelivered notifications').locator('option:checked')).toHaveText(
    '2 h 33 min 20 s (9200 s)',
  );

  await page.getByRole('button', { name: /^Messages: 0 headers/ }).click();
  await page.getByRole('textbox', { name: 'Name of a new header for Messages' }).fill('X-Key');
  await page.getByRole('textbox', { name: 'Value of a new header for Messages' }).fill('v 1');
  await page.getByRole('button', { name: 'Add header' }).and(page.locator(':visible')).click();
  await expect(page.getByRole('textbox', { name: 'Name of a new header for Messages' })).toHaveValue('');
  await page.getByLabel('Maximum retries').and(page.locator(':visible')).selectOption('2');
  await page.getByRole('textbox', { name: 'Messages', exact: true }).fill('https://connector.example.com/in');
  await page.getByLabel('Keep undelivered notifications').selectOption({ label: '12 hours' });
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
  await expect(
    page.getByRole('heading', { name: 'Somebody else changed this app in the meantime' }),
  ).toBeFocused();
  expect((await cloud.app('Demo connector')).description).toBe('Theirs');
  const theirs = page.getByRole('group', { name: /^Scope/ }).getByRole('radio', { name: /^Theirs/ });
  await expect(theirs).toBeChecked();
  const mine = page.getByRole('group', { name: /^Description/ }).getByRole('radio', { name: /^Mine/ });
  await expect(mine).toBeChecked();
  await press(page, 'Apply and save');

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

test('Back asks each time while something is unsaved, and then leads to the page before', async ({
  page,
}) => {
  await tryItNow(page);
  await page.getByRole('link', { name: 'Apps' }).click();
  await press(page, 'More for Demo connector');
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await name(page).fill('Typed');
  for (const times of [1, 2]) {
    await page.goBack();
    await press(page, 'Stay');
    await expect(page).toHaveURL(/\/edit$/);
    await expect(name(page), `after Back no. ${times}`).toHaveValue('Typed');
  }
  await page.goBack();
  await press(page, 'Leave and discard');

  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();
  await expect(page).toHaveURL(/\/apps$/);
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
