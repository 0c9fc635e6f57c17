import type { Page } from '@playwright/test';

import { answerFirstMessage } from './first-message.ts';
import { expect, test } from './world.ts';

const messages = (page: Page) => page.getByRole('log', { name: 'Messages' });

test('from Try it now to an answered and read message, with every webhook and request listed', async ({
  page,
  problems,
}) => {
  await page.goto('/');

  await answerFirstMessage(page);

  await page.getByRole('tab', { name: /Webhooks/ }).click();
  const webhooks = page.getByRole('listbox', { name: 'Webhooks' });
  await expect(webhooks.getByRole('option').filter({ hasText: 'ContentEvent' })).toHaveCount(2);
  await expect(webhooks.getByRole('option').filter({ hasText: 'COMPOSING' }).first()).toBeVisible();
  await expect(webhooks.getByRole('option').filter({ hasText: /ASSIGNED_AGENT[^]*READ 0/ })).toHaveCount(1);
  // What arrived is reported as accepted and as read, and the cloud echoes both.
  await expect(webhooks.getByRole('option').filter({ hasText: /CONSUMER[^]*READ/ })).toHaveCount(1);

  await page.getByRole('tab', { name: /Requests/ }).click();
  const requests = page.getByRole('listbox', { name: 'Requests' });
  await requests
    .getByRole('option')
    .filter({ hasText: /ContentEvent[^]*ms\.PublishEvent/ })
    .click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('Hello, is anybody there?');
  expect(problems).toEqual([]);
});

test('the set-up leads through its four steps to the chat', async ({ page, problems }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();

  await page.getByRole('link', { name: 'Set-up' }).click();
  for (const step of ['Messaging', 'Choose an app', 'Webhook endpoints']) {
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(step) })).toBeVisible();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }
  await expect(page.getByText('Everything is in place.')).toBeVisible();
  await page.getByRole('link', { name: 'Open the chat' }).click();

  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a wrong password is named, and what was typed stays', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Account number').fill('demo');
  await page.getByLabel('Login name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('not-the-password');

  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(page.getByText('Login name or password is wrong')).toBeVisible();
  await expect(page.getByLabel('Account number')).toHaveValue('demo');
  await expect(page.getByLabel('Login name')).toHaveValue('admin');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not-the-password');

  await page.getByLabel('Password', { exact: true }).fill('demo-admin');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Set-up' })).toBeVisible();
});

test('a user who is no administrator is told so', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Account number').fill('demo');
  await page.getByLabel('Login name').fill('agent');
  await page.getByLabel('Password', { exact: true }).fill('demo-agent');

  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(page.getByText(/not an administrator/i).first()).toBeVisible();
});

test('a reload in the middle of the conversation shows what was there, and the conversation goes on', async ({
  page,
  problems,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  await page.getByRole('textbox', { name: 'Message' }).fill('half a thou');

  await page.reload();

  await expect(messages(page).getByText('Hello, is anybody there?', { exact: true })).toBeVisible();
  await expect(messages(page).getByText(/How can I help\?/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thou');
  await page.getByRole('textbox', { name: 'Message' }).fill('And after the reload?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(messages(page).getByText('And after the reload?', { exact: true })).toBeVisible();
  await expect(messages(page).getByText(/read/)).toHaveCount(2, { timeout: 20_000 });
  expect(problems).toEqual([]);
});

test('a deep link asks for sign-in and then opens', async ({ page }) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const conversation = page.url();
  await page.context().clearCookies();

  await page.goto(conversation);
  await page.getByRole('button', { name: 'Try it now' }).click();

  await expect(page).toHaveURL(new RegExp(new URL(conversation).pathname));
  await expect(messages(page).getByText(/How can I help\?/)).toBeVisible();
});
