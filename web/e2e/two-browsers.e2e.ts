import type { Browser, Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('two browsers of one person show the same, and tell the agent each receipt once', async ({
  page,
  world,
  browser,
  problems,
}) => {
  const agent = await startConversation(page, world);
  const other = await secondBrowser(browser, page);

  for (const text of ['One', 'Two', 'Three']) await agent.say({ text });
  const last = await agent.say({ text: 'Four' });
  for (const shown of [page, other]) await expect(messagesOf(shown).getByText('Four')).toBeVisible();

  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:AcceptStatus role:consumer');
  const receipts = page.getByRole('listbox', { name: 'Webhooks' }).locator('.summary');
  await expect(receipts.filter({ hasText: new RegExp(`READ .*\\b${last.sequence}$`) })).toHaveCount(1);
  // Whatever the other browser owes is told before this.
  await other.getByRole('textbox', { name: 'Message', exact: true }).fill('From the other one');
  await other.keyboard.press('Enter');
  await expect(messagesOf(page).getByText('From the other one')).toBeVisible();
  const told = (await receipts.allInnerTexts()).flatMap((text) => {
    const [, status = '', sequences = ''] = /(ACCEPT|READ) ([\d, ]+)/.exec(text) ?? [];
    return sequences.split(',').map((sequence) => `${status} ${sequence.trim()}`);
  });
  expect(told.length).toBeGreaterThanOrEqual(8);
  expect(told).toEqual([...new Set(told)]);
  expect(problems).toEqual([]);
});

/** Signed in by itself, as the same person, and on the same conversation. */
async function secondBrowser(browser: Browser, page: Page): Promise<Page> {
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Try it now' }).click();
  await expect(other.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await other.goto(page.url());
  await expect(messagesOf(other).getByText('Hello', { exact: true })).toBeVisible();
  return other;
}
