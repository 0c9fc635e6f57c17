import type { Browser, Page, Request } from '@playwright/test';

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
  const underWay = [page, other].map(receiptsUnderWay);

  for (const text of ['One', 'Two', 'Three']) await agent.say({ text });
  const last = await agent.say({ text: 'Four' });
  for (const shown of [page, other]) {
    await expect(messagesOf(shown).getByText('Four')).toBeVisible();
    await showReceipts(shown);
    await expect(
      summariesOf(shown).filter({ hasText: new RegExp(`^READ .*\\b${last.sequence}\\b`) }),
    ).toHaveCount(1);
  }
  // Each browser knows that the last one was told and asks for nothing more; what it had asked for before is answered.
  for (const count of underWay) await expect.poll(count).toBe(0);

  // A conversation's webhooks come in their order: with the echo of this message all of theirs are here.
  await other.getByRole('textbox', { name: 'Message', exact: true }).fill('From the other one');
  await other.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:ContentEvent role:consumer');
  await expect(summariesOf(page).filter({ hasText: 'From the other one' })).toHaveCount(1);
  await showReceipts(page);
  const summaries = summariesOf(page);
  await expect(summaries.filter({ hasText: /^READ/ }).first()).toBeVisible();
  const told = (await summaries.allInnerTexts()).flatMap((text) => {
    const [, status = '', sequences = ''] = /(ACCEPT|READ) ([\d, –]+)/.exec(text) ?? [];
    return sequences.split(',').flatMap((range) => sequencesOf(range).map((one) => `${status} ${one}`));
  });
  expect(told.length).toBeGreaterThanOrEqual(8);
  expect(told).toEqual([...new Set(told)]);
  expect(problems).toEqual([]);
});

/** “7”, or “1–4” as four of them. */
function sequencesOf(range: string): readonly number[] {
  const [first = Number.NaN, last = first] = range.split('–').map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Says how many receipts of this page have no answer of the bridge yet. */
function receiptsUnderWay(page: Page): () => number {
  let count = 0;
  const isReceipt = (request: Request): boolean => request.url().endsWith('/receipts');
  const note = (change: number) => (request: Request) => {
    if (isReceipt(request)) count += change;
  };
  page.on('request', note(1));
  page.on('requestfinished', note(-1));
  page.on('requestfailed', note(-1));
  return () => count;
}

const summariesOf = (page: Page) => page.getByRole('listbox', { name: 'Webhooks' }).locator('.summary');

async function showReceipts(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:AcceptStatus role:consumer');
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
