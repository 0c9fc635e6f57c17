import type { BrowserContext, Locator, Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test, type World } from './world.ts';

test('all tabs of a browser share one stream; each is live, and closing the one that holds it leaves no hole', async ({
  page,
  world,
  context,
  problems,
}) => {
  test.slow();
  const agent = await startConversation(page, world);
  const second = await secondTab(context, page);
  const third = await secondTab(context, page);
  for (const tab of [page, second, third]) await expectLive(tab);
  await expect.poll(() => openStreams(world)).toBe(1);

  await agent.say({ text: 'Said to three tabs' });
  for (const tab of [page, second, third]) {
    await expect(messagesOf(tab).getByText('Said to three tabs')).toHaveCount(1);
  }

  // The first tab holds the stream. What is said while the lead changes hands must be there too.
  await Promise.all([page.close(), agent.say({ text: 'Said while it closes' })]);
  await agent.say({ text: 'Said afterwards' });
  for (const tab of [second, third]) {
    await expect(messagesOf(tab).getByText('Said while it closes')).toHaveCount(1);
    await expect(messagesOf(tab).getByText('Said afterwards')).toHaveCount(1);
    await expectLive(tab);
  }
  await expect.poll(() => openStreams(world)).toBe(1);
  expect(problems).toEqual([]);
});

test('sign-out in one tab ends all of them, with the right reason', async ({ page, world, context }) => {
  await startConversation(page, world);
  const second = await secondTab(context, page);
  const third = await secondTab(context, page);
  await expectLive(third);

  await second.keyboard.press('Control+k');
  await second.getByRole('combobox', { name: 'Find a page, an app or a command' }).fill('sign out');
  await second.keyboard.press('Enter');

  for (const tab of [page, second, third]) {
    await expect(tab.getByRole('button', { name: 'Try it now' })).toBeVisible();
  }
  await expect(page).toHaveURL(/because=signed-out/);
  await expect(third).toHaveURL(/because=signed-out/);
  await expect.poll(() => openStreams(world)).toBe(0);
});

test('sign-in in one tab leads the others back to where they were', async ({ page, world, context }) => {
  await startConversation(page, world);
  const conversation = page.url();
  const second = await secondTab(context, page);
  await second.keyboard.press('Control+k');
  await second.getByRole('combobox', { name: 'Find a page, an app or a command' }).fill('sign out');
  await second.keyboard.press('Enter');
  await expect(page.getByText('You signed out in another window')).toBeVisible();

  await second.getByRole('button', { name: 'Try it now' }).click();

  await expect(page).toHaveURL(conversation);
  await expect(messagesOf(page).getByText('Hello')).toBeVisible();
  await expectLive(page);
});

test('a browser without locks or channels has a stream for each tab', async ({ page, world, context }) => {
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
  const agent = await startConversation(page, world);
  const second = await secondTab(context, page);
  await expect.poll(() => openStreams(world)).toBe(2);

  await agent.say({ text: 'Said to both' });
  for (const tab of [page, second]) {
    await expect(messagesOf(tab).getByText('Said to both')).toHaveCount(1);
    await expectLive(tab);
  }
});

test('a stream too many is refused: the chip says so and what to do, and goes on by itself once there is room', async ({
  page,
  world,
  context,
}) => {
  test.slow();
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'));
  const agent = await startConversation(page, world);
  await expectLive(page);
  await using others = await openOthers(context, world, MOST_STREAMS - 1);

  const tab = await context.newPage();
  await tab.goto(page.url());

  await expect(connection(tab)).toHaveAccessibleName('Connection: Refused');
  const chat = tab.locator('app-chat-pane').getByRole('alert');
  await expect(chat).toContainText('Too many tabs of this browser hear from the server');
  await expect(tab.getByText('The log is being read')).toHaveCount(0);
  await connection(tab).click();
  const details = tab.locator('#connection-details');
  await expect(details).toContainText('Too many tabs of this browser hear from the server.');
  await expect(details).toContainText(
    'Close tabs of this app that you do not need. This one then goes on by itself.',
  );
  await expect(details).toContainText(`STREAMS_MAX_PER_SESSION: ${MOST_STREAMS}`);
  await expect(details.getByRole('button', { name: 'Try now' })).toBeVisible();
  await expectLive(page);

  await agent.say({ text: 'Said meanwhile' });
  await others.closeOne();
  await expect(connection(tab)).toHaveAccessibleName('Connection: Live', { timeout: 15_000 });
  await expect(messagesOf(tab).getByText('Said meanwhile')).toHaveCount(1);
});

test('a lost network is told by every tab at once; each is back within seconds of its return', async ({
  page,
  world,
  context,
}) => {
  test.slow();
  const agent = await startConversation(page, world);
  const tabs = [page, await secondTab(context, page), await secondTab(context, page)];
  for (const tab of tabs) await expectLive(tab);

  await context.setOffline(true);
  for (const tab of tabs) await expect(connection(tab)).toHaveAccessibleName('Connection: Offline');
  await agent.say({ text: 'Said without a network' });
  // Several tries of each tab fail, and the lead wanders.
  await page.waitForEvent('requestfailed');
  await page.waitForEvent('requestfailed');
  for (const tab of tabs) await expect(connection(tab)).toHaveAccessibleName('Connection: Offline');

  await context.setOffline(false);
  for (const tab of tabs) await expect(connection(tab)).toHaveAccessibleName('Connection: Live', BACK_WITHIN);
  for (const tab of tabs) await expect(messagesOf(tab).getByText('Said without a network')).toHaveCount(1);
  await expect.poll(() => openStreams(world)).toBe(1);
});

/** The default of `STREAMS_MAX_PER_SESSION`. */
const MOST_STREAMS = 32;

/** So many more streams of the same session, as tabs have them. */
async function openOthers(context: BrowserContext, world: World, count: number) {
  const [session] = await context.cookies(world.origin);
  const headers = { cookie: `${session?.name}=${session?.value}` };
  const streams = await Promise.all(
    Array.from({ length: count }, () => fetch(`${world.origin}/api/events`, { headers })),
  );
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  // They are held here until they are closed: `fetch` closes a stream that nobody holds when memory is tidied up.
  const close = async (stream?: Response): Promise<void> => stream?.body?.cancel();
  return {
    closeOne: () => close(streams.pop()),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(streams.map(close));
    },
  };
}

async function secondTab(context: BrowserContext, page: Page): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(page.url());
  await expect(messagesOf(tab).getByText('Hello', { exact: true })).toBeVisible();
  return tab;
}

const BACK_WITHIN = { timeout: 5_000 };

const connection = (tab: Page): Locator => tab.getByRole('button', { name: /^Connection: / });

const expectLive = (tab: Page): Promise<void> =>
  expect(connection(tab)).toHaveAccessibleName('Connection: Live');

async function openStreams(world: World): Promise<number> {
  const metrics = await (await fetch(`${world.origin}/metrics`)).text();
  return Number(/^connector_bridge_streams_open (\d+)$/m.exec(metrics)?.[1] ?? -1);
}
