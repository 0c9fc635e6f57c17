import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expectAccessible } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { expect, startWorld, test } from './world.ts';

const READ_ONLY = 'Another server opened this conversation: here it can only be read';

const texts = (page: Page) => messagesOf(page).locator('app-message-bubble .bubble').allInnerTexts();

test('messages whose webhooks never came are filled in from the cloud’s history, each once and in its place', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'first' });
  await expect(messagesOf(page).getByText('first')).toBeVisible();
  await agent.faults({ on: 'webhook', kind: 'drop', count: 2, match: { eventType: 'ContentEvent' } });
  await agent.say({ text: 'second, never delivered' });
  await agent.say({ text: 'third, never delivered' });
  await agent.say({ text: 'fourth' });
  await expect(messagesOf(page).getByText('fourth')).toBeVisible();
  await expect(messagesOf(page).getByText('second')).toHaveCount(0);

  await page.reload();

  await expect(messagesOf(page).getByText('Nothing older in the cloud’s history')).toBeVisible();
  expect((await texts(page)).map((text) => text.replace(/^\w+:\s+/, '').trim())).toEqual([
    'Hello',
    'first',
    'second, never delivered',
    'third, never delivered',
    'fourth',
  ]);
  await expect(messagesOf(page).getByText('from history')).toHaveCount(1);
  await expect(
    messagesOf(page).locator('app-message-bubble', { hasText: 'third' }).getByText('from history'),
  ).toBeVisible();
  await page.getByRole('tab', { name: /Requests/ }).click();
  const call = page.getByRole('option').filter({ hasText: 'history of the conversation' });
  await expect(call).toHaveCount(1);
  await call.click();
  await expect(page.getByRole('region', { name: 'Details' })).not.toContainText(/Bearer [\w-]{20}/);
  expect(problems).toEqual([]);
});

test('the end of a conversation that no webhook told shows after a reload', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'one moment' });
  await expect(messagesOf(page).getByText('one moment')).toBeVisible();
  await agent.faults({ on: 'webhook', kind: 'drop', match: { eventType: 'ExConversationChange' } });
  await agent.close();

  await page.reload();

  await expect(page.locator('.closed-words')).toHaveText('Closed by the agent');
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toHaveCount(0);
});

test('a history that cannot be read is told in words, and a retry fills it in', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, match: { eventType: 'ContentEvent' } });
  await agent.say({ text: 'never delivered' });
  const match = { service: 'msgHist' };
  await agent.faults({ on: 'call', kind: 'status', status: 400, count: 1, match });

  await page.reload();
  const failure = page.getByText('The cloud’s history could not be read: messages may be missing');
  await expect(failure).toBeVisible();
  await expect(messagesOf(page).getByText('Hello')).toBeVisible();
  await page.getByRole('button', { name: 'Retry' }).click();

  await expect(messagesOf(page).getByText('never delivered')).toBeVisible();
  await expect(failure).toBeHidden();
});

test('a conversation that another server opened is there by its URL, complete and read only', async ({
  page,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'connector-demo-history-'));
  try {
    let path = '';
    {
      await using world = await startWorld({ DATA_DIR: dataDir });
      await page.goto(world.origin);
      await page.getByRole('button', { name: 'Try it now' }).click();
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello from elsewhere');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(messagesOf(page).getByText(/How can I help\?/)).toBeVisible({ timeout: 20_000 });
      path = new URL(page.url()).pathname;
      await page.goto('about:blank');
    }
    // The cloud stays what it was; this server starts with nothing.
    for (const name of await readdir(dataDir)) {
      if (name !== 'emulator') await rm(join(dataDir, name), { recursive: true });
    }
    await using other = await startWorld({ DATA_DIR: dataDir });
    await page.goto(other.origin + path);
    await page.getByRole('button', { name: 'Try it now' }).click();

    await expect(messagesOf(page).getByText('Hello from elsewhere', { exact: true })).toBeVisible();
    await expect(messagesOf(page).getByText(/How can I help\?/)).toBeVisible();
    await expect(page.getByText(READ_ONLY).last()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Close conversation' })).toHaveCount(0);
    await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toHaveCount(0);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('a conversation that nobody knows is named as such, everywhere on the page', async ({ page, world }) => {
  await startConversation(page, world);
  const known = page.url();
  await page.goto(known.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'));

  // In the chat and in the inspector, in the same words.
  await expect(page.getByRole('heading', { name: 'There is no such conversation' })).toHaveCount(2);
  await expect(page.getByText('00000000-0000-4000-8000-000000000000', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Unknown conversation' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Status' })).not.toContainText('00000000');
  await expect(page.getByRole('button', { name: 'ACTIVE', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expectAccessible(page, 'an unknown conversation');
  await page.getByRole('list', { name: 'Conversations' }).getByRole('link').click();
  await expect(page).toHaveURL(known);
});

test('an app that the account does not have is a way back and nothing else', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  for (const path of ['chat', 'chat/00000000-0000-4000-8000-000000000000']) {
    await page.goto(`/apps/no-such-app/${path}`);

    await expect(page.getByRole('heading', { name: 'There is no such app' })).toBeVisible();
    await expect(page.getByRole('list', { name: 'Conversations' })).toHaveCount(0);
    await expect(page.getByRole('tablist')).toHaveCount(0);
    await expect(page.getByRole('group', { name: 'Status' })).toHaveCount(0);
    await expectAccessible(page, 'an unknown app');
  }
  await page.getByRole('link', { name: 'Back to the apps' }).click();
  await expect(page.getByRole('heading', { name: 'Apps', level: 1 })).toBeVisible();
});
