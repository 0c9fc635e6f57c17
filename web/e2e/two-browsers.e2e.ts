import type { Browser, Page } from '@playwright/test';

import type { ReceiptRequest } from '#protocol/bridge-api';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('two browsers of one person show the same, and tell the agent each receipt once', async ({
  page,
  world,
  browser,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await using second = await secondBrowser(browser, page);
  const other = second.page;
  const settled = [page, other].map(settledReceipts);

  for (const text of ['One', 'Two', 'Three']) await agent.say({ text });
  const last = await agent.say({ text: 'Four' });
  for (const shown of [page, other]) await expect(messagesOf(shown).getByText('Four')).toBeVisible();
  // Each browser has asked for what it owes and has its answer: from here on nothing more can leave for these messages.
  for (const receipts of settled) {
    await expect
      .poll(() => [...receipts])
      .toEqual(expect.arrayContaining([`ACCEPT ${last.sequence}`, `READ ${last.sequence}`]));
  }

  // A conversation's webhooks come in their order: with the echo of this message all of theirs are here.
  await other.getByRole('textbox', { name: 'Message', exact: true }).fill('From the other one');
  await other.keyboard.press('Enter');
  await expect(messagesOf(page).getByText('From the other one')).toBeVisible();
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  const filter = page.getByRole('searchbox', { name: 'Filter', exact: true });
  const summaries = page.getByRole('listbox', { name: 'Webhooks' }).locator('.summary');
  await filter.fill('type:ContentEvent role:consumer');
  await expect(summaries.filter({ hasText: 'From the other one' })).toHaveCount(1);
  await filter.fill('type:AcceptStatus role:consumer');
  await expect(summaries.filter({ hasText: /^READ/ }).first()).toBeVisible();
  const told = (await summaries.allInnerTexts()).flatMap((text) => {
    const [, status = '', sequences = ''] = /(ACCEPT|READ) ([\d, ]+)/.exec(text) ?? [];
    return sequences.split(',').map((sequence) => `${status} ${sequence.trim()}`);
  });
  expect(told.length).toBeGreaterThanOrEqual(8);
  expect(told).toEqual([...new Set(told)]);
  expect(problems).toEqual([]);
});

/** The receipts of this page that the bridge has answered, e.g. `READ 4`. */
function settledReceipts(page: Page): ReadonlySet<string> {
  const settled = new Set<string>();
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/receipts')) return;
    const { status, sequenceList } = request.postDataJSON() as ReceiptRequest;
    for (const sequence of sequenceList) settled.add(`${status} ${sequence}`);
  });
  return settled;
}

interface SecondBrowser extends AsyncDisposable {
  readonly page: Page;
}

/** Signed in by itself, as the same person, and on the same conversation. */
async function secondBrowser(browser: Browser, page: Page): Promise<SecondBrowser> {
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Try it now' }).click();
  await expect(other.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await other.goto(page.url());
  await expect(messagesOf(other).getByText('Hello', { exact: true })).toBeVisible();
  return { page: other, [Symbol.asyncDispose]: () => context.close() };
}
