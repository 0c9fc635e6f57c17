import type { Locator, Page } from '@playwright/test';
import { control } from '../../web/e2e/played-agent.ts';
import type { World } from '../../web/e2e/world.ts';
import type { Stage } from './stage.ts';

/** A first conversation, and what the inspector shows of it. */
export async function takeWorkbench({ page, world, take }: Stage): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.waitFor();
  await take('empty');
  await message.fill('Hi! Where is my order 4711?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const messages = page.getByRole('log', { name: 'Messages' });
  await messages
    .getByText(/sent|accepted|read/)
    .first()
    .waitFor();
  const typing = await agentTyping(page, world);
  await take('typing');
  await control(world, 'PUT', '/clock', { isRunning: true });
  await typing.waitFor({ state: 'detached' });
  await take('answered');
  await showInspector(page);
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option').first().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('webhooks');
}

/** The agent's clock stands still from now on, and is moved as far as its typing: a running one would not wait for the picture. */
async function agentTyping(page: Page, world: World): Promise<Locator> {
  await control(world, 'PUT', '/clock', { isRunning: false });
  const typing = page.getByText(/is typing/).first();
  const comes = (): Promise<boolean> =>
    typing.waitFor({ timeout: LATENCY_MS }).then(
      () => true,
      () => false,
    );
  for (let step = 0; step < MOST_STEPS && !(await comes()); step += 1) {
    await control(world, 'POST', '/clock/advance', { ms: STEP_MS });
  }
  await typing.waitFor();
  await page
    .getByText(/\bread\b/)
    .first()
    .waitFor();
  return typing;
}

/** Much shorter than the agent types, and about as long as it takes to look: its clock hardly falls behind. */
const STEP_MS = 150;
const LATENCY_MS = 200;
const MOST_STEPS = 12;

/** On a phone one pane is shown at a time. */
async function showInspector(page: Page): Promise<void> {
  const tab = page.getByRole('button', { name: 'Inspector', exact: true });
  if (await tab.isVisible()) await tab.click();
}
