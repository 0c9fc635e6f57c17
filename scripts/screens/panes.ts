import type { Page } from '@playwright/test';

/** On a phone one pane is shown at a time; elsewhere all of them are. */
export async function showPane(page: Page, name: 'Conversations' | 'Chat' | 'Inspector'): Promise<void> {
  await page.locator('app-workbench-page').waitFor();
  const tab = page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true });
  if (await tab.isVisible()) await tab.click();
}

/** Whether the window is a phone's. */
export const isOnePane = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 768;

/** Writes into the chat and sends it. */
export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}
