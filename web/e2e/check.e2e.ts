import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import {
  changeApp,
  connectorApp,
  endpointUrl,
  pointEndpointsTo,
  renewSecret,
  tryItNow,
} from './webhook-set-up.ts';
import { expect, test } from './world.ts';

const line = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
const runAgain = (page: Page): Promise<void> => page.getByRole('button', { name: 'Run again' }).click();

/** The check of the account's connector app, opened by its URL. */
async function openCheck(page: Page): Promise<void> {
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/setup?step=check`);
  await expect(page.getByRole('heading', { level: 2, name: 'Check' })).toBeVisible();
}

test('a fresh account passes: each endpoint is reached, arrives and verifies', async ({ page, problems }) => {
  await tryItNow(page);
  await page.getByRole('link', { name: 'Set-up' }).click();
  for (const step of ['Messaging', 'Choose an app', 'Webhook endpoints']) {
    await expect(page.getByRole('heading', { level: 2, name: new RegExp(step) })).toBeVisible();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }

  await expect(page.getByText('Everything is in place.')).toBeVisible();
  await expect(page.getByText('Signature: verified')).toHaveCount(5);
  await expect(page.getByText('Arrived here')).toHaveCount(5);

  // Nothing of it is in the lists beside the chat.
  await page.getByRole('link', { name: 'Open the chat' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await expect(page.getByText('EndpointCheck')).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('what is known of the account later moves no button that somebody is about to press', async ({
  page,
}) => {
  await tryItNow(page);
  const isRead = Promise.withResolvers<undefined>();
  await page.route('**/api/installations/*', async (route) => {
    await isRead.promise;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Set-up' }).click();
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await expect(next).toBeEnabled();
  await expect(page.getByText('Messaging is on')).toBeVisible();
  const before = await next.boundingBox();

  isRead.resolve(undefined);
  await expect(page.getByRole('link', { name: 'Skip to the chat' })).toBeVisible();

  expect(await next.boundingBox()).toEqual(before);
});

test('the list of apps leads to the check', async ({ page }) => {
  await tryItNow(page);
  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await page.getByRole('button', { name: 'More for Demo connector' }).click();
  await page.getByRole('menuitem', { name: 'Check webhooks' }).click();

  await expect(page.getByText('Everything is in place.')).toBeVisible();
});

test('a wrong path is named with its remedy, and gone when it is corrected', async ({ page }) => {
  await tryItNow(page);
  const right = await endpointUrl(page);
  await pointEndpointsTo(page, right.replace('/event', '/evnt'));
  await openCheck(page);

  await expect(page.getByText('5 things are not in place.')).toBeVisible();
  await expect(line(page, 'Messages')).toContainText('Wrong path');
  await expect(line(page, '5 endpoints')).toContainText('This server’s path is /notifications/event');
  await expect(line(page, 'Messages')).toContainText('Answer: 404');

  await page.getByRole('button', { name: 'Change the endpoints' }).click();
  await expect(page.getByRole('textbox', { name: 'Conversation changes', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Use this server for all five' }).click();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(page.getByText('Everything is in place.')).toBeVisible();
});

test('a server that is not this one is told apart, and so is one that is not there', async ({ page }) => {
  const other = createServer((_request, response) => response.end());
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://localhost:${(other.address() as AddressInfo).port}/somewhere`;
  await tryItNow(page);
  await pointEndpointsTo(page, url);
  await openCheck(page);

  await expect(line(page, 'Messages')).toContainText('Points elsewhere');
  await expect(line(page, 'Messages')).toContainText('Did not arrive here');

  other.close();
  other.closeAllConnections();
  await runAgain(page);
  await expect(line(page, 'Messages')).toContainText('Nobody answers');
  await expect(line(page, 'Messages')).toContainText('ECONNREFUSED');
});

test('a host outside is not called for an emulated account', async ({ page }) => {
  await tryItNow(page);
  await pointEndpointsTo(page, 'https://hooks.example.com/event');
  await openCheck(page);

  await expect(line(page, 'Messages')).toContainText('Not on this machine');
});

test('a port without TLS is told apart from a certificate that is not trusted', async ({ page, world }) => {
  await tryItNow(page);
  await pointEndpointsTo(page, world.origin.replace('http:', 'https:'));
  await openCheck(page);

  await expect(line(page, 'Messages')).toContainText('No TLS');
});

test('an app that was disabled meanwhile is named as the reason', async ({ page }) => {
  await tryItNow(page);
  await openCheck(page);
  await expect(page.getByText('Everything is in place.')).toBeVisible();

  await changeApp(page, { enabled: false });
  await runAgain(page);

  await expect(page.getByText('1 thing is not in place.')).toBeVisible();
  await expect(line(page, 'Demo connector')).toContainText('Disabled');
  await expect(page.getByText('No conversation can be opened before that is mended.')).toBeVisible();
  await expect(line(page, 'Messages')).toContainText('Arrives');
  await page.getByRole('link', { name: 'Show it in the list of apps' }).click();
  await page.getByRole('button', { name: 'More for Demo connector' }).click();
  await page.getByRole('menuitem', { name: 'Enable', exact: true }).click();
  await page.getByRole('button', { name: 'More for Demo connector' }).click();
  await page.getByRole('menuitem', { name: 'Check webhooks' }).click();
  await expect(page.getByText('Everything is in place.')).toBeVisible();
});

test('a secret that was renewed in the account is found and learned', async ({ page, world }) => {
  await tryItNow(page);
  await openCheck(page);
  await expect(page.getByText('Everything is in place.')).toBeVisible();
  await renewSecret(page, world);

  await runAgain(page);

  await expect(line(page, 'App secret')).toContainText('Renewed');
  await expect(line(page, 'App secret')).toContainText('takes what is signed with it');
  await expect(page.getByText('Signature: verified')).toHaveCount(5);
  await expect(page.getByText('Everything is in place.')).toBeVisible();
  await runAgain(page);
  await expect(line(page, 'App secret')).toHaveCount(0);
});
