import type { Page } from '@playwright/test';
import type { Stage } from './stage.ts';

/** A first conversation, and what the inspector shows of it. */
export async function takeWorkbench({ page, take }: Stage): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.waitFor();
  await take('empty');
  await message.fill('Hi! Where is my order 4711?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const messages = page.getByRole('log', { name: 'Messages' });
  await messages
    .getByText(/\bread\b/)
    .first()
    .waitFor();
  const typing = page.getByText(/is typing/).first();
  await typing.waitFor();
  await take('typing');
  await typing.waitFor({ state: 'detached' });
  await take('answered');
  await showInspector(page);
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option').first().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('webhooks');
}

/** On a phone one pane is shown at a time. */
async function showInspector(page: Page): Promise<void> {
  const tab = page.getByRole('button', { name: 'Inspector', exact: true });
  if (await tab.isVisible()) await tab.click();
}
