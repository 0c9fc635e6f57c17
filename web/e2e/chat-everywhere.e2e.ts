import type { Page } from '@playwright/test';

import { noteAnnouncements } from './announcements.ts';
import { EVERY_LOOK, LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const say = async (page: Page, text: string) => {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
};
const bubbles = (page: Page) => messagesOf(page).locator('app-message-bubble');
const card = {
  type: 'vertical',
  elements: [
    { type: 'text', text: 'Order 4711' },
    { type: 'button', title: 'Cancel it', click: { actions: [{ type: 'publishText', text: 'cancel' }] } },
  ],
};
const quickReplies = {
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: [
    { type: 'button', title: 'Sure', click: { actions: [{ type: 'publishText', text: 'sure thing' }] } },
  ],
};

/** What the chat shows must be what it showed before the page was loaded anew. */
async function expectSameAfterReload(page: Page, step: string): Promise<void> {
  const before = await bubbles(page).allInnerTexts();
  await page.reload();
  await expect.poll(() => bubbles(page).allInnerTexts(), step).toEqual(before);
}

test('a reload at every step shows the same conversation', async ({ page, world, problems }) => {
  test.slow();
  const agent = await startConversation(page, world);
  await expect(bubbles(page).getByText(/^sent\b/)).toBeVisible();
  await expectSameAfterReload(page, 'sent');

  await agent.say({ acceptStatus: 'READ' });
  await expect(bubbles(page).getByText(/^read\b/)).toBeVisible();
  await agent.say({ text: 'Shall I?', quickReplies });
  await agent.say({ richContent: card });
  await expect(messagesOf(page).getByRole('button', { name: 'Cancel it' })).toBeVisible();
  await expectSameAfterReload(page, 'answered with replies and a card');

  await messagesOf(page).getByRole('button', { name: 'Sure' }).click();
  await expect(messagesOf(page).getByText('sure thing')).toBeVisible();
  await expect(
    bubbles(page)
      .last()
      .getByText(/^sent\b/),
  ).toBeVisible();
  await expectSameAfterReload(page, 'a reply was used');
  await expect(messagesOf(page).getByRole('button', { name: 'Sure' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await agent.faults({
    ...{ on: 'call', kind: 'status', status: 400, count: 1 },
    match: { eventType: 'ContentEvent' },
  });
  await say(page, 'refused');
  const retry = messagesOf(page).getByRole('button', { name: 'Retry' });
  await expect(retry).toBeVisible();
  await expectSameAfterReload(page, 'refused');
  await retry.click();
  await expect(retry).toBeHidden();
  await expect(
    bubbles(page)
      .last()
      .getByText(/^sent\b/),
  ).toBeVisible();
  await expectSameAfterReload(page, 'tried again');

  await field(page).fill('half a thou');
  await page.reload();
  await expect(field(page)).toHaveValue('half a thou');

  await agent.close();
  await expect(page.locator('.closed-words')).toHaveText('Closed by the agent');
  await expectSameAfterReload(page, 'closed');
  await expect(page.locator('.closed-words')).toHaveText('Closed by the agent');
  // The browser tells of the message that was refused, and of nothing else.
  expect(problems).toEqual([expect.stringContaining('422')]);
});

test('a screen reader is told of each new message once, of ticks never, of the end', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await expect(bubbles(page).getByText(/^sent\b/)).toBeVisible();
  const announced = await noteAnnouncements(page);
  await agent.say({ acceptStatus: 'ACCEPT' });
  await expect(bubbles(page).getByText(/^accepted\b/)).toBeVisible();
  await agent.say({ text: 'One message' });
  await agent.say({ text: 'Another message' });
  await expect(messagesOf(page).getByText('Another message')).toBeVisible();
  await agent.say({ acceptStatus: 'READ' });
  await expect(bubbles(page).getByText(/^read\b/)).toBeVisible();
  await agent.close();
  await expect(page.locator('.closed-words')).toBeVisible();

  const told = await announced();
  for (const text of ['One message', 'Another message']) {
    expect(told.filter((words) => words.includes(text)).length, text).toBe(1);
  }
  expect(told.find((words) => words.includes('One message'))).toContain('Agent');
  expect(told.filter((words) => /accepted|read\b/.test(words))).toEqual([]);
  expect(told.filter((words) => words === 'Closed by the agent').length).toBe(1);
});

test(
  'axe finds nothing on any state of the chat, in light, dark and high contrast',
  EVERY_LOOK,
  async ({ page, world }) => {
    test.setTimeout(240_000);
    const inEveryLook = async (state: string) => {
      for (const { name, colorScheme, contrast } of LOOKS) {
        await page.emulateMedia({ colorScheme, contrast });
        await expectAccessible(page, `${state}, ${name}`);
      }
    };
    const agent = await startConversation(page, world, { hasSurvey: true });
    await agent.say({ text: 'Shall I?', quickReplies });
    await agent.say({ richContent: card });
    await agent.say({ chatState: 'COMPOSING' });
    const match = { eventType: 'ContentEvent' };
    await agent.faults({ on: 'call', kind: 'status', status: 400, count: 1, match });
    await say(page, 'refused');
    await expect(messagesOf(page).getByRole('button', { name: 'Retry' })).toBeVisible();
    await inEveryLook('replies, card, typing and a refused message');

    await bubbles(page).first().hover();
    await bubbles(page)
      .first()
      .getByRole('button', { name: /About this message/ })
      .click();
    await inEveryLook('all about a message');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Close conversation' }).click();
    await inEveryLook('asked before closing');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /let a survey follow/ }).check();
    await dialog.getByRole('button', { name: 'Close conversation' }).click();
    await expect(page.getByText(/goes into the survey/)).toBeVisible();
    await inEveryLook('survey');

    await agent.close();
    await expect(page.locator('.closed-words')).toBeVisible();
    await inEveryLook('closed');

    await agent.faults({ on: 'call', kind: 'status', status: 400, count: 1, match: { service: 'msgHist' } });
    await page.reload();
    await expect(page.getByText('The cloud’s history could not be read', { exact: false })).toBeVisible();
    await inEveryLook('history failed');

    await page.getByRole('button', { name: 'New conversation' }).first().click();
    await expect(page.getByText('Say hello')).toBeVisible();
    await inEveryLook('before the first message');
  },
);

test('on a phone of 390 px a whole conversation fits, from the first message to the end', async ({
  page,
  world,
  problems,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const agent = await startConversation(page, world, { hasSurvey: true });
  await agent.say({ text: `Look: https://example.com/${'long'.repeat(60)}` });
  await agent.say({ text: 'Shall I?', quickReplies });
  await agent.say({ richContent: card });
  await expect(messagesOf(page).getByRole('button', { name: 'Cancel it' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expect(messagesOf(page).getByRole('button', { name: 'Cancel it' })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeInViewport({ ratio: 1 });
  await messagesOf(page).getByRole('button', { name: 'Sure' }).click();
  await expect(messagesOf(page).getByText('sure thing')).toBeInViewport();

  await page.getByRole('button', { name: 'Close conversation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /let a survey follow/ }).check();
  await expectNoSidewaysScroll(page);
  await dialog.getByRole('button', { name: 'Close conversation' }).click();
  await expect(page.getByText(/goes into the survey/)).toBeInViewport();
  await expectNoSidewaysScroll(page);
  await agent.close();
  await expect(page.locator('.closed-words')).toBeInViewport();
  await expectNoSidewaysScroll(page);
  expect(problems).toEqual([]);
});
