import type { Page } from '@playwright/test';

import { expectAccessible } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });

test('what was written is there again when its tab was closed, and is left alone while it is open', async ({
  page,
  world,
  context,
}) => {
  await startConversation(page, world);
  const url = page.url();
  await page.route('**/messages', (route) => route.abort());
  await field(page).fill('This does not leave');
  await field(page).press('Enter');
  await expect(page.getByRole('button', { name: /^Retry/ })).toBeVisible();
  await field(page).fill('Not yet');

  const beside = await context.newPage();
  await beside.goto(url);
  await expect(messagesOf(beside).getByText('Hello', { exact: true })).toBeVisible();
  await expect(field(beside)).toHaveValue('');
  await beside.close();
  await page.close();
  const again = await context.newPage();
  await again.goto(url);

  await expect(field(again)).toHaveValue('Not yet');
  await again.getByRole('button', { name: /^Retry/ }).click();
  await expect(again.getByRole('button', { name: /^Retry/ })).toHaveCount(0);
  await expect(messagesOf(again).getByText('This does not leave')).toHaveCount(1);
});

test('signing out asks before it deletes what was not sent', async ({ page, world }) => {
  await startConversation(page, world);
  const url = page.url();
  await field(page).fill('Not yet');
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();

  await signOut(page);
  const question = page.getByRole('dialog', { name: 'Sign out without sending?' });
  await expect(question).toContainText(': 1 draft.');
  await expectAccessible(page, 'question before signing out');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await page.goto(url);
  await expect(field(page)).toHaveValue('Not yet');

  await signOut(page);
  await question.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(field(page)).toBeVisible();
  await page.goto(url);

  await expect(messagesOf(page).getByText('Hello', { exact: true })).toBeVisible();
  await expect(field(page)).toHaveValue('');
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /admin/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}
