import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const run = promisify(execFile);

const openRequests = (page: Page) => page.getByRole('tab', { name: /Requests/ }).click();

/** The command that the details of a call or webhook give. */
async function copied(page: Page, text: string, list = 'Requests'): Promise<string> {
  const row = page.getByRole('listbox', { name: list }).getByRole('option');
  await row.filter({ hasText: text }).first().click();
  await page.getByRole('button', { name: 'Copy as cURL' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Close details' }).click();
  return command;
}

/** What a shell makes of it, with these variables and nothing else. */
async function answerTo(command: string, variables: Readonly<Record<string, string>>): Promise<unknown> {
  const env = { PATH: process.env['PATH'] ?? '', ...variables };
  const { stdout } = await run('sh', ['-c', `${command} --silent --fail-with-body`], { env });
  return JSON.parse(stdout) as unknown;
}

/** As the page of the app shows it. */
const secretOf = (page: Page, appKey: string): Promise<string> =>
  page.evaluate(async (id) => {
    const answer = await fetch(`/api/installations/${id}/secret`, { method: 'POST' });
    return ((await answer.json()) as { readonly clientSecret: string }).clientSecret;
  }, appKey);

type ExportedList = 'Timeline' | 'Webhooks' | 'Requests';

async function exported(page: Page, list: ExportedList, format: 'JSON' | 'HAR'): Promise<string> {
  await page.getByRole('tab', { name: new RegExp(list) }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format }).click();
  return readFile(await (await saving).path(), 'utf8');
}

test('calls copied as cURL run in a shell, with their secrets as variables', async ({
  page,
  context,
  world,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const agent = await startConversation(page, world);
  const appKey = new URL(page.url()).pathname.split('/')[2] ?? '';
  await openRequests(page);
  const [appToken, consumerToken, message] = [
    await copied(page, 'app token'),
    await copied(page, 'consumer token'),
    await copied(page, 'Hello'),
  ];

  const APP_SECRET = await secretOf(page, appKey);
  expect([appToken, consumerToken, message].join(' ')).not.toContain(APP_SECRET);
  const { access_token: APP_TOKEN } = (await answerTo(appToken, { APP_SECRET })) as { access_token: string };
  const { token: CONSUMER_TOKEN } = (await answerTo(consumerToken, { APP_TOKEN })) as { token: string };
  const sent = message.replace('Hello', 'From a shell');
  expect(await answerTo(sent, { APP_TOKEN, CONSUMER_TOKEN })).toEqual(
    expect.objectContaining({ code: 'OK' }),
  );
  await expect(messagesOf(page).getByText('From a shell')).toBeVisible();
  expect(await agent.told()).toContain('From a shell');
});

test('a webhook copied as cURL runs in a shell and is signed there: taken as a duplicate, refused with another secret', async ({
  page,
  context,
  world,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const agent = await startConversation(page, world);
  await agent.say({ text: `It's "quoted" $HOME \\ and 😀` });
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  const rows = page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option');
  const [said, state] = [
    await copied(page, '$HOME', 'Webhooks'),
    await copied(page, 'ExConversationChange', 'Webhooks'),
  ];
  const APP_SECRET = await secretOf(page, new URL(page.url()).pathname.split('/')[2] ?? '');
  expect(said + state).not.toContain(APP_SECRET);

  for (const command of [said, state]) expect(await answerTo(command, { APP_SECRET })).toBe('OK');
  await expect(rows.filter({ hasText: '$HOME' })).toContainText('duplicate');
  await expect(rows.filter({ hasText: 'ExConversationChange' }).first()).toContainText('duplicate');

  await expect(answerTo(said, { APP_SECRET: 'guessed' })).rejects.toThrow('--fail-with-body');
  await expect(rows.filter({ hasText: 'Refused' })).toContainText('401');
  await expect(rows.filter({ hasText: '$HOME' })).toHaveCount(1);
});

test('an exported list is what the list shows, whole and without secrets', async ({ page, world }) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'An answer' });
  await expect(messagesOf(page).getByText('An answer')).toBeVisible();
  const secret = await secretOf(page, new URL(page.url()).pathname.split('/')[2] ?? '');

  for (const list of ['Webhooks', 'Requests', 'Timeline'] as const) {
    // Receipts may still come in between the list and its file.
    await expect(async () => {
      const text = await exported(page, list, 'JSON');
      const { conversationId, entries } = JSON.parse(text) as {
        readonly conversationId: string;
        readonly entries: readonly { readonly kind: string }[];
      };
      expect(conversationId).toBe(agent.conversationId);
      expect(entries.length, list).toBeGreaterThan(1);
      for (const held of [secret, 'Bearer ey', '"ey', 'sid=']) expect(text, list).not.toContain(held);
      if (list === 'Timeline') {
        expect(new Set(entries.map(({ kind }) => kind))).toEqual(
          new Set(['message-submitted', 'exchange', 'notification']),
        );
      } else {
        const counted = await page.getByRole('tab', { name: new RegExp(list) }).innerText();
        expect(counted.replaceAll(/\D/g, ''), list).toBe(`${entries.length}`);
      }
      const har = await exported(page, list, 'HAR');
      for (const held of [secret, 'Bearer ey', '"ey', 'sid=']) expect(har, list).not.toContain(held);
      const { log } = JSON.parse(har) as { readonly log: { readonly entries: readonly object[] } };
      expect(log.entries.length, list).toBeGreaterThan(1);
    }).toPass();
  }
});
