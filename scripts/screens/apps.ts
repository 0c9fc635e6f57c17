import type { Page } from '@playwright/test';
import { CloudAdministrator } from '../../web/e2e/cloud-administrator.ts';
import { tryItNow } from '../../web/e2e/webhook-set-up.ts';
import { answerProblem } from './answers.ts';
import type { Stage } from './stage.ts';

const LIST = '**/api/installations';

/** The table of apps in every state. */
export async function takeApps(stage: Stage): Promise<void> {
  await tryItNow(stage.page);
  await takeLoading(stage);
  await takeTable(stage);
  await takeDialogs(stage);
  await takeFailures(stage);
  await takeEmpty(stage);
}

async function takeLoading({ page, take }: Stage): Promise<void> {
  const held = Promise.withResolvers<undefined>();
  await page.route(LIST, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto('/apps');
  await page.locator('tr.waiting').first().waitFor();
  await take('loading');
  held.resolve(undefined);
  await page.getByText('Demo connector').first().waitFor();
  await page.unroute(LIST);
}

async function takeTable({ page, world, take }: Stage): Promise<void> {
  await (
    await CloudAdministrator.signIn(world)
  ).change('Retired connector', { scope: 'msg.consumer agent_id' });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('Extra scope: agent_id').waitFor();
  await take('apps');
  await page.getByRole('button', { name: 'Show in the list' }).click();
  await page.getByText('Not a connector app', { exact: true }).first().waitFor();
  await take('others-shown');
  await page.getByRole('button', { name: 'Hide again' }).click();
  await page.getByRole('button', { name: 'Reveal secret of Demo connector' }).click();
  await page.getByRole('button', { name: 'Hide secret of Demo connector' }).waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await take('secret-revealed');
  await page.getByRole('searchbox', { name: 'Filter apps' }).fill('nothing like it');
  await page.getByText('No connector app matches').waitFor();
  await take('filtered-none');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
}

async function takeDialogs({ page, take }: Stage): Promise<void> {
  await openMenu(page, 'Demo connector');
  await take('row-menu');
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('dialog', { name: 'Disable Demo connector?' }).waitFor();
  await take('disable');
  await page.keyboard.press('Escape');
  await openMenu(page, 'Retired connector');
  await page.getByRole('menuitem', { name: 'Uninstall' }).click();
  await page.getByRole('dialog', { name: 'Uninstall Retired connector?' }).waitFor();
  await take('uninstall');
  await page.getByRole('button', { name: 'Uninstall', exact: true }).click();
  await page.getByText('Retired connector was uninstalled').waitFor();
  await take('uninstalled');
  await page.getByRole('button', { name: 'Close message' }).click();
}

async function openMenu(page: Page, app: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${app}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
}

async function takeFailures({ page, take }: Stage): Promise<void> {
  await answerProblem(page, LIST, 'upstream-unreachable', 502);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('The emulator cannot be reached').waitFor();
  await take('error-rows-kept');
  await page.goto('/apps');
  await page.getByText('The emulator cannot be reached').waitFor();
  await take('error');
  await page.unroute(LIST);
}

async function takeEmpty({ page, world, take }: Stage): Promise<void> {
  await (await CloudAdministrator.signIn(world)).uninstall('Demo connector');
  await page.goto('/apps');
  await page.getByRole('heading', { name: 'No connector app is installed' }).waitFor();
  await take('empty');
}
