import type { Page } from '@playwright/test';
import { changeApp, connectorApp, tryItNow } from '../../web/e2e/webhook-set-up.ts';
import type { Stage } from './stage.ts';

/** An app created, mistaken, refused, changed by two, left. */
export async function takeEditor(stage: Stage): Promise<void> {
  await tryItNow(stage.page);
  await takeNewApp(stage);
  await takeManifest(stage);
  await takeSections(stage);
  await takeChanges(stage);
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
/** By its key: pressed by a pointer, the button in the bar that stays in sight would be scrolled to. */
const install = (page: Page): Promise<void> => page.keyboard.press('Control+s');
async function show(page: Page, section: string): Promise<void> {
  await page.getByRole('tab', { name: section }).click();
  await page.getByRole('tab', { name: section, selected: true }).waitFor();
}

async function takeNewApp({ page, take }: Stage): Promise<void> {
  await page.goto('/apps/new');
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).waitFor();
  await take('new');
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).check();
  await page.getByLabel('Name', { exact: true }).fill('My bridge');
  await install(page);
  await page.getByText('Describe the app in a sentence.').waitFor();
  await take('new-mistake');
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).uncheck();
  await page.getByLabel('Name', { exact: true }).fill('Demo connector');
  await page.getByLabel('Description').fill('Bridges channel X');
  await install(page);
  await page.getByText('Another app in this account has this name.').waitFor();
  await take('new-refused');
  await page.getByRole('checkbox', { name: /Demo app of this server/ }).check();
  await page.getByLabel('Name', { exact: true }).fill('My bridge');
  await press(page, 'Install app');
  await page.getByText('My bridge--Demo-- is installed').waitFor();
  await take('installed');
  await page.goto('/apps/new');
  await page.getByLabel('Name', { exact: true }).fill('Reader');
  await page.getByLabel('Description').fill('Reads what agents do');
  await page.getByLabel('Scope').fill('agent_id');
  await press(page, 'Install app');
  await page.getByRole('dialog', { name: 'Install an app that cannot chat?' }).waitFor();
  await take('no-connector-asked');
  await press(page, 'Install anyway');
  await page.getByText('Reader is installed').waitFor();
  await take('installed-no-connector');
}

async function takeManifest({ page, take }: Stage): Promise<void> {
  await page.goto('/apps/new?section=manifest');
  const text = JSON.stringify(
    { client_name: 'Imported', client_secret: 'x', custom: { kept: true } },
    null,
    2,
  );
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'imported.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByText('Imported from imported.json.').waitFor();
  await take('imported');
  const area = page.getByRole('textbox', { name: 'Manifest as JSON' });
  await area.fill('{\n  "client_name": "Broken",\n}');
  await page.getByText('The form keeps its values').waitFor();
  await take('manifest-no-json');
  await area.fill('{ "client_name": 7, "capabilities": [] }');
  await page.getByText('This is JSON, but not a manifest').waitFor();
  await take('manifest-wrong-structure');
  await show(page, 'Details');
  await page.getByText('The text of the manifest is not valid').waitFor();
  await take('manifest-broken-elsewhere');
  await press(page, 'Discard the text');
}

async function takeSections({ page, take }: Stage): Promise<void> {
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/edit`);
  for (const section of ['Details', 'Webhooks', 'Engagement', 'Manifest']) {
    await show(page, section);
    await take(`edit-${section.toLowerCase()}`);
  }
  await show(page, 'Webhooks');
  await page.getByRole('button', { name: /^Messages: 0 headers/ }).click();
  await page.getByRole('textbox', { name: 'Name of a new header for Messages' }).fill('X-Key');
  await take('edit-webhook-headers');
}

async function takeChanges({ page, take }: Stage): Promise<void> {
  await page.goto(`/apps/${(await connectorApp(page)).id}/edit`);
  await page.getByLabel('Description').fill('What I typed');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
  await take('leave');
  await press(page, 'Stay');
  await changeApp(page, { description: 'What somebody else typed' });
  await press(page, 'Save');
  await page.getByText('Somebody else changed this app in the meantime').waitFor();
  await take('conflict');
  await press(page, 'Apply and save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await take('saved');
  await page.goto('/apps/0b7a9a4e-5d0c-4f6e-9a51-3f1d2c8e7b60/edit');
  await page.getByText('The account has no such app').waitFor();
  await take('unknown-app');
}
