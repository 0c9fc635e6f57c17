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
  await expect(page.getByText('Imported from demo-connector.manifest.json.')).toBeVisible();
  await showSection(page, 'Details');
  await expect(name(page)).toHaveValue('Demo connector');
  await showSection(page, 'Manifest');
  await manifest(page).fill('{ "client_name": ');
  await expect(page.getByText('This is not valid JSON').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Install app' })).toBeDisabled();
  await expect(page.getByText('Invalid manifest', { exact: true })).toBeVisible();
  await showSection(page, 'Details');
  await press(page, 'Go to the manifest');
  await expect(manifest(page)).toBeFocused();
  const pasted = { ...exported, client_name: 'Copy', custom: { kept: true }, client_secret: 'foreign' };
  await manifest(page).fill(JSON.stringify(pasted));
  await expect(page.getByText(/client_secret will be left out/)).toBeVisible();
  await press(page, 'Install app');

  await expect(page.getByRole('heading', { name: 'Copy is installed' })).toBeVisible();
  const installed = await (await CloudAdministrator.signIn(world)).app('Copy');
  expect(installed['custom']).toEqual({ kept: true });
  expect(installed.client_secret).not.toBe('foreign');
  expect(installed.capabilities?.webhooks).toEqual(
    (exported['capabilities'] as typeof installed.capabilities)?.webhooks,
  );
});

test('what is to be said about a manifest is in sight together with its text', async ({ page }) => {
  await tryItNow(page);
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('/apps/new?section=manifest');
    const whole = page.locator('#manifest-problems');
    const bar = page.locator('.sticky-foot');
    for (const [text, words] of [
      ['{\n  "client_name": "Broken",\n}', 'Discard the text'],
      ['{ "client_name": 7, "capabilities": [] }', 'Discard the text'],
      ['{ "client_name": "Imported", "client_secret": "x" }', 'will be left out'],
    ] as const) {
      await manifest(page).fill(text);
      await expect(whole.getByText(words)).toBeVisible();
      const [said, foot] = await Promise.all([whole, bar].map((part) => part.boundingBox()));
      const end = (said?.y ?? 0) + (said?.height ?? 0);
      expect(end, `${words} at ${width} px`).toBeLessThanOrEqual(foot?.y ?? 0);
    }
  }
});
