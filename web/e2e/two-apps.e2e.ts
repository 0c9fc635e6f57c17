import type { Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { createSecondApp, endpointUrl, pointEndpoints } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

const rows = (page: Page, list: 'Timeline' | 'Webhooks') =>
  page.getByRole('listbox', { name: list }).getByRole('option');
const openTab = (page: Page, name: 'Timeline' | 'Webhooks') =>
  page.getByRole('tab', { name: new RegExp(name) }).click();

test('of two apps of one account, a chat has only what is delivered for its own', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await createSecondApp(page);
  const message = page.getByRole('textbox', { name: 'Message' });

  await agent.say({ text: 'Heard by both' });
  await expect(messagesOf(page).getByText('Heard by both')).toHaveCount(1);
  await openTab(page, 'Webhooks');
  const copies = rows(page, 'Webhooks').filter({ hasText: 'Heard by both' });
  await expect(copies).toHaveCount(2);
  await expect(copies.filter({ hasText: 'for another app: Second shop' })).toHaveCount(1);
  await expect(copies.filter({ hasText: 'duplicate' })).toHaveCount(0);
  await openTab(page, 'Timeline');
  const drawn = rows(page, 'Timeline');
  await expect(drawn.filter({ hasText: 'for another app: Second shop' }).first()).toBeVisible();
  await expect(drawn.filter({ hasText: 'message in the chat' })).toHaveCount(1);

  // From here on nobody tells this app of messages; the other one is told as before.
  const url = await endpointUrl(page);
  await pointEndpoints(page, [null, null, null, null, null]);
  await agent.say({ text: 'Heard by the other only' });
  await message.fill('Does anybody hear me?');
  // Before the conversation is loaded, Enter leaves the text where it is.
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await message.press('Enter');
  await openTab(page, 'Webhooks');
  const missed = rows(page, 'Webhooks').filter({ hasText: 'Does anybody hear me?' });
  await expect(missed).toHaveCount(1);
  await expect(missed).toContainText('for another app: Second shop');
  await expect(messagesOf(page).getByText('Heard by the other only')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('-app:other');
  await expect(missed).toHaveCount(0);
  await expect(rows(page, 'Webhooks').filter({ hasText: 'Heard by both' })).toHaveCount(1);

  await pointEndpoints(page, [url, url, url, url, url]);
  await agent.say({ text: 'Heard again' });
  await expect(messagesOf(page).getByText('Heard again')).toHaveCount(1);
  expect(problems).toEqual([]);
});
