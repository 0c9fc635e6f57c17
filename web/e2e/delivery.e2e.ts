import type { Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const say = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
};
const bubble = (page: Page, text: string | RegExp) =>
  messagesOf(page).locator('app-message-bubble', { hasText: text });
const webhooks = async (page: Page, filter: string) => {
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill(filter);
  return page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option');
};

test('what the agent does shows: typing until anything ends it, then accepted, then read', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  const typing = messagesOf(page).getByText('Agent is typing…');
  for (const ending of ['PAUSE', 'ACTIVE', 'INACTIVE', 'GONE']) {
    await agent.say({ chatState: 'COMPOSING' });
    await expect(typing).toBeVisible();
    await agent.say({ chatState: ending });
    await expect(typing).toBeHidden();
  }
  await agent.say({ chatState: 'COMPOSING' });
  await expect(typing).toBeVisible();
  await agent.say({ text: 'Here I am' });
  await expect(messagesOf(page).getByText('Here I am')).toBeVisible();
  await expect(typing).toBeHidden();

  const own = bubble(page, /^You: .*Hello/);
  await expect(own.getByText(/^sent\b/)).toBeVisible();
  await agent.say({ acceptStatus: 'ACCEPT' });
  await expect(own.getByText(/^accepted\b/)).toBeVisible();
  await agent.say({ acceptStatus: 'READ' });
  await expect(own.getByText(/^read\b/)).toBeVisible();
  await agent.say({ acceptStatus: 'ACCEPT' });
  await expect(own.getByText(/^read\b/)).toBeVisible();
  await expect(own.locator('.footer')).toHaveAttribute('title', /accepted by agent .*\nread by agent /);
  expect(problems).toEqual([]);
});

test('the consumer’s states and receipts go out by themselves, in order and each once', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'A question' });
  await expect(messagesOf(page).getByText('A question')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message', exact: true }).pressSequentially('An answer');
  await page.keyboard.press('Enter');
  await expect(bubble(page, 'An answer')).toHaveCount(1);

  const rows = await webhooks(page, 'role:consumer');
  await expect(rows.filter({ hasText: 'READ' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'An answer' })).toHaveCount(1);
  await expect(rows.filter({ hasText: /ACCEPT\b(?!Status)/ })).toHaveCount(1);
  const order = (await rows.allInnerTexts()).flatMap((text) => /COMPOSING|PAUSE|An answer/.exec(text) ?? []);
  expect(order).toEqual(['COMPOSING', 'PAUSE', 'An answer']);
});

test('a lost echo is told, the message is not sent again', async ({ page, world, problems }) => {
  const agent = await startConversation(page, world);
  await expect(bubble(page, 'Hello')).toHaveCount(1);
  await agent.faults({ on: 'webhook', kind: 'drop', match: { eventType: 'ContentEvent' }, count: 1 });
  await say(page, 'nobody echoes this');
  const message = bubble(page, 'nobody echoes this');

  await expect(message.getByText(/^sent\b/)).toBeVisible();
  await expect(message.getByText('sent, its notification is missing')).toBeVisible({ timeout: 25_000 });
  await expect(message.locator('.footer')).toHaveAttribute('title', /answered, no notification came back/);
  await expect(message).toHaveClass(/missing/);
  await expect(message.getByRole('button', { name: /Retry/ })).toHaveCount(0);

  await page.reload();
  await expect(message.getByText('sent, confirmed by history')).toBeVisible();
  await expect(message).not.toHaveClass(/missing/);
  expect(problems).toEqual([]);
});

test('answer and echo lost: both are told, nothing is sent twice, and the history settles it', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await expect(bubble(page, 'Hello')).toHaveCount(1);
  const match = { eventType: 'ContentEvent' };
  await agent.faults({ on: 'call', kind: 'reset', isCarriedOut: true, count: 1, match });
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, match });
  await say(page, 'lost twice');
  const message = bubble(page, 'lost twice');

  await expect(message.getByText('No answer came, and no notification either')).toBeVisible();
  await expect(message.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await message.getByRole('button', { name: 'Read the history' }).click();

  await expect(message.getByText(/^sent\b/)).toBeVisible();
  await page.reload();
  await expect(message).toHaveCount(1);
  await expect(message.getByText(/^sent\b/)).toBeVisible();
  expect((await agent.told()).filter((text) => text === 'lost twice')).toEqual(['lost twice']);
});

test('repeated and overtaken webhooks are marked in the list, and found by their marks', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  const match = { eventType: 'ContentEvent' };
  await agent.faults({ on: 'webhook', kind: 'duplicate', times: 3, count: 1, match });
  await agent.say({ text: 'said once' });
  await agent.faults({ on: 'webhook', kind: 'reorder', ms: 3000, count: 1, match });
  await agent.say({ text: 'overtaken' });
  await agent.say({ text: 'overtaking' });
  await expect(messagesOf(page).getByText('overtaken')).toBeVisible();

  const repeated = await webhooks(page, 'mark:duplicate');
  await expect(repeated).toHaveCount(1);
  await expect(repeated).toContainText('said once');
  await expect(repeated).toContainText('2 duplicates');
  await repeated.click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(
    '2 duplicates: it came 2 times more, the last at',
  );
  await page.keyboard.press('Escape');
  const late = await webhooks(page, 'mark:late');
  await expect(late).toHaveCount(1);
  await expect(late).toContainText('overtaken');
  await page.reload();
  await expect(await webhooks(page, 'mark:duplicate')).toContainText('2 duplicates');
});

test('automatic messages come as such, when the conversation announces them', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('button', { name: 'Options' }).click();
  const sheet = page.getByRole('dialog', { name: 'New conversation options' });
  await sheet.getByLabel('AUTO_MESSAGES').check();
  await sheet.getByRole('button', { name: 'Use for new conversations' }).click();
  await say(page, 'Hello');

  await expect(bubble(page, /^Automatic message: /)).toHaveCount(1);
});

test('a message that is too long for a request is never sent; the longest that fits is taken', async ({
  page,
  world,
  problems,
}) => {
  await startConversation(page, world);
  const field = page.getByRole('textbox', { name: 'Message', exact: true });
  const send = page.getByRole('button', { name: 'Send', exact: true });
  const excess = page.getByText(/characters? too long$/);
  for (const text of ['"'.repeat(3_000), 'line\n'.repeat(1_000), 'ü'.repeat(4_900)]) {
    await field.fill(text);
    await expect(excess).toBeVisible();
    await expect(send).toBeDisabled();
    await field.press('Enter');
    await expect(field).toHaveValue(text);
  }
  await field.fill('x'.repeat(4_900));
  const longest = 'x'.repeat(4_900 - Number.parseInt(await excess.innerText(), 10));
  await field.fill(`${longest}x`);
  await expect(excess).toHaveText('1 character too long');
  await field.fill(longest);
  await expect(excess).toBeHidden();
  await field.press('Enter');

  await expect(bubble(page, longest).getByText(/^sent\b/)).toBeVisible();
  expect(problems).toEqual([]);
});
