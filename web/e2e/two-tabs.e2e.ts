import type { BrowserContext, Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('the consumer is gone with the last tab that shows the conversation, once, and not before', async ({
  page,
  world,
  context,
}) => {
  const agent = await startConversation(page, world);
  const conversation = page.url();
  const second = await openTab(context, conversation);
  await openTab(context, conversation);

  await page.close();
  await agent.say({ text: 'Still there?' });
  await expect(messagesOf(second).getByText('Still there?')).toBeVisible();
  await write(second, 'Yes');
  await expect.poll(() => statesTold(second)).toEqual(['COMPOSING', 'PAUSE']);

  for (const tab of context.pages()) await tab.close();
  const later = await openTab(context, conversation);
  await write(later, 'Back');
  await expect
    .poll(() => statesTold(later))
    .toEqual(['COMPOSING', 'PAUSE', 'GONE', 'ACTIVE', 'COMPOSING', 'PAUSE']);
});

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(url);
  await expect(messagesOf(tab).getByText('Hello', { exact: true })).toBeVisible();
  return tab;
}

async function write(tab: Page, text: string): Promise<void> {
  await tab.getByRole('textbox', { name: 'Message', exact: true }).pressSequentially(text);
  // Before the conversation is loaded, Enter leaves the text where it is.
  await expect(tab.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await tab.keyboard.press('Enter');
  await expect(messagesOf(tab).getByText(text, { exact: true })).toBeVisible();
}

/** What the agent was told of the consumer, as its notifications say. */
async function statesTold(tab: Page): Promise<readonly string[]> {
  await tab.getByRole('tab', { name: /Webhooks/ }).click();
  await tab.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:ChatStateEvent role:consumer');
  const rows = await tab.getByRole('listbox', { name: 'Webhooks' }).getByRole('option').allInnerTexts();
  return rows.flatMap((row) => /COMPOSING|PAUSE|GONE|ACTIVE/.exec(row) ?? []);
}
