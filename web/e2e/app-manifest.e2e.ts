import { readFile } from 'node:fs/promises';
import { editConnector, manifest, name, press, showSection } from './app-walk.ts';
import { CloudAdministrator } from './cloud-administrator.ts';
import { tryItNow } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

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
  await expect(page.getByText('This is not valid JSON').first()).toBeVisible();
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
