import type { Page } from '@playwright/test';

import { answerFirstMessage } from './first-message.ts';
import { EVERY_LOOK, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { startConversation } from './played-agent.ts';
import { expect, test, type World } from './world.ts';

const messages = (page: Page) => page.getByRole('log', { name: 'Messages' });
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const rows = (page: Page, list: 'Timeline' | 'Webhooks' | 'Requests') =>
  page.getByRole('listbox', { name: list }).getByRole('option');

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(name) }).click();
}

/** So many rows of a list match, once it is filtered: until then others stand in it. */
async function expectRows(
  page: Page,
  list: 'Webhooks' | 'Requests',
  filter: string,
  count: number,
): Promise<void> {
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill(filter);
  const patience = { timeout: 20_000 };
  await expect(page.locator('app-inspector-tools .matches')).toHaveText(
    new RegExp(`^${count} of \\d+$`),
    patience,
  );
  await expect(rows(page, list)).toHaveCount(count, patience);
}

async function addFault(world: World, rule: object): Promise<void> {
  const response = await fetch(`${world.emulatorOrigin}/emulator/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  expect(response.ok, await response.text()).toBe(true);
}

test('the timeline lights what belongs together, in the diagram and in the chat', async ({
  page,
  problems,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);

  await openTab(page, 'Timeline');
  const receipt = rows(page, 'Timeline').filter({ hasText: /webhook READ 0\s*AcceptStatusEvent/ });
  await receipt.first().click();

  await expect(page.getByRole('region', { name: 'Details' })).toContainText('AcceptStatusEvent');
  await expect(page.locator('app-timeline-row.lit').first()).toBeVisible();
  await expect(page.locator('app-message-bubble.lit')).toContainText('Hello, is anybody there?');
  await expect(page).toHaveURL(/item=\d+/);

  await page.reload();
  await expect(page.locator('app-message-bubble.lit')).toContainText('Hello, is anybody there?');
  expect(problems).toEqual([]);
});

test('a message leads to its place in the timeline, and its receipts can be told by hand', async ({
  page,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const answer = messages(page).locator('app-message-bubble', { hasText: 'How can I help?' });
  await answer.hover();
  await answer.getByRole('button', { name: /About this message/ }).click();

  const card = page.getByRole('dialog', { name: 'Agent' });
  for (const status of ['ACCEPT', 'READ', 'NACK', 'ACCESS']) {
    await card.getByRole('button', { name: status, exact: true }).click();
    await expect(card.getByText(`${status} sent`)).toBeAttached();
  }
  await card.getByRole('button', { name: 'Show in the timeline' }).click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('How can I help?');

  await page.getByRole('button', { name: 'Close details' }).click();
  await openTab(page, 'Webhooks');
  for (const status of ['NACK', 'ACCESS']) {
    await expectRows(page, 'Webhooks', `role:consumer ${status}`, 1);
  }
});

test('every chat state goes out by hand, and none by itself once it is switched off', async ({ page }) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const states = page.getByRole('group', { name: 'Send a chat state' });
  await page.getByText('Automatic', { exact: true }).click();
  await page.getByRole('checkbox', { name: /COMPOSING, PAUSE/ }).uncheck();

  for (const state of ['ACTIVE', 'INACTIVE', 'GONE', 'COMPOSING', 'PAUSE']) {
    await states.getByRole('button', { name: state, exact: true }).click();
    await expect(page.getByText(`${state} sent`)).toBeAttached();
  }
  await say(page, 'silent typing');
  await expect(messages(page).getByText('silent typing', { exact: true })).toBeVisible();

  await openTab(page, 'Requests');
  await expectRows(page, 'Requests', 'ChatStateEvent', 5);
});

test('a withheld READ leaves the agent’s side without it until it is switched on', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByText('Automatic', { exact: true }).click();
  await page.getByRole('checkbox', { name: /^READ/ }).uncheck();
  await say(page, 'Hello');
  await expect(messages(page).getByText(/How can I help\?/)).toBeVisible({ timeout: 20_000 });
  await openTab(page, 'Webhooks');
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('role:consumer ACCEPT');
  await expect(rows(page, 'Webhooks').filter({ hasText: /ACCEPT\b/ })).not.toHaveCount(0);
  await expectRows(page, 'Webhooks', 'role:consumer READ', 0);

  await page.getByRole('checkbox', { name: /^READ/ }).check();
  await expectRows(page, 'Webhooks', 'role:consumer READ', 1);
});

test('an event written by hand is sent as it is, and a call can be sent again', async ({ page }) => {
  await page.goto('/');
  await answerFirstMessage(page);
  await page.getByRole('button', { name: 'Send an event as JSON' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send an event' });
  await dialog.getByLabel('Event as JSON').fill('{"type":"ContentEvent","contentType":"text/plain"');
  await expect(dialog).toContainText('This is not valid JSON');
  await dialog
    .getByLabel('Event as JSON')
    .fill('{"type":"ContentEvent","contentType":"text/plain","message":"by hand"}');
  const putBack = dialog.getByRole('button', { name: 'Put back my text' });
  await expect(putBack).toBeHidden();
  await dialog.getByRole('button', { name: 'Chat state' }).click();
  await expect(dialog.getByLabel('Event as JSON')).toHaveValue(/COMPOSING/);
  await expectAccessible(page, 'an event by hand, replaced');
  for (const focused of ['Accept status', 'Structured', 'Put back my text']) {
    await page.keyboard.press('Tab');
    await expect(dialog.getByRole('button', { name: focused })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(putBack).toBeHidden();
  await expect(dialog.getByLabel('Event as JSON')).toBeFocused();
  await expect(dialog.getByLabel('Event as JSON')).toHaveValue(/by hand/);
  await dialog.getByRole('button', { name: 'Send event' }).click();
  await expect(dialog).toContainText('Published as sequence');
  await expectAccessible(page, 'an event by hand');
  await page.keyboard.press('Escape');
  await expect(messages(page).getByText('by hand', { exact: true })).toBeVisible();

  await openTab(page, 'Requests');
  await rows(page, 'Requests').filter({ hasText: 'by hand' }).click();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(dialog.getByLabel('Event as JSON')).toHaveValue(/by hand/);
});

test('a conversation starts with the options of the sheet, and they are remembered', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('button', { name: 'Options' }).click();
  const sheet = page.getByRole('dialog', { name: 'New conversation options' });
  await sheet.getByLabel('Name', { exact: true }).fill('Ana');
  await sheet.getByLabel('Consumer id').fill('crm-7');
  await sheet.getByLabel('QUICK_REPLIES').uncheck();
  await expect(sheet).toContainText('No survey can follow.');
  await sheet.getByLabel('Urgency').selectOption('URGENT');
  await expectAccessible(page, 'the options');
  await sheet.getByRole('button', { name: 'Use for new conversations' }).click();

  await say(page, 'Hello');
  await expect(messages(page).getByText('Hello', { exact: true })).toBeVisible();
  await openTab(page, 'State');
  const state = page.getByRole('tabpanel', { name: 'State' });
  await expect(state).toContainText('crm-7');
  await expect(state).toContainText('RICH_CONTENT, MULTI_DIALOG');
  await expect(state).toContainText('URGENT');

  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect(page.locator('app-start-panel')).toContainText('urgent');
});

test('options that were changed are asked for before they are discarded, as often as one tries', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  const open = page.getByRole('button', { name: 'Options' });
  const sheet = page.getByRole('dialog', { name: 'New conversation options' });
  const question = page.getByRole('dialog', { name: 'Leave without using these options?' });
  await open.click();
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(open).toBeFocused();

  await page.keyboard.press('Enter');
  const skill = sheet.getByLabel('Skill id');
  await skill.fill('4711');
  for (let time = 0; time < 5; time += 1) {
    await page.keyboard.press('Escape');
    await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused();
    if (time === 0) await expectAccessible(page, 'the question', 'dialog:modal');
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(skill).toBeFocused();
    await expect(skill).toHaveValue('4711');
  }
  await sheet.getByRole('button', { name: 'Close', exact: true }).click();
  await question.getByRole('button', { name: 'Leave and discard' }).click();
  await expect(sheet).toBeHidden();
  await expect(open).toBeFocused();
  await open.click();
  await expect(skill).toHaveValue('');
});

test('a lost answer is told as such, and settled by the echo without sending twice', async ({
  page,
  world,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const match = { requestType: 'ms.PublishEvent', eventType: 'ContentEvent' };
  await addFault(world, { on: 'call', kind: 'reset', isCarriedOut: true, count: 1, match });
  await say(page, 'is this lost?');

  const message = messages(page).locator('app-message-bubble', { hasText: /^You: .*is this lost\?/ });
  await expect(message).toHaveCount(1);
  await expect(message.getByText(/sent|accepted|read/).first()).toBeVisible();
  await openTab(page, 'Webhooks');
  await expectRows(page, 'Webhooks', 'role:consumer type:content lost?', 1);
});

test('a message that never arrived says so, and a retry does not send twice', async ({ page, world }) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const match = { requestType: 'ms.PublishEvent', eventType: 'ContentEvent' };
  await addFault(world, { on: 'call', kind: 'status', status: 400, count: 1, match });
  await say(page, 'refused at first');

  const message = messages(page).locator('app-message-bubble', { hasText: 'refused at first' }).first();
  await expect(message.getByText('The emulator refused “ms.PublishEvent ContentEvent”')).toBeVisible();
  await message.getByRole('button', { name: 'Show the request' }).click();
  await expect(page.getByRole('tab', { name: /Requests/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('400');
  await page.keyboard.press('Escape');
  await message.getByRole('button', { name: 'Retry' }).click();

  await expect(message.getByText(/sent|accepted|read/).first()).toBeVisible();
  await openTab(page, 'Webhooks');
  await expectRows(page, 'Webhooks', 'role:consumer type:content refused', 1);
});

test('what became of a message with neither answer nor echo is looked for, and it is sent anew only when one says so', async ({
  page,
  world,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const match = { requestType: 'ms.PublishEvent', eventType: 'ContentEvent' };
  await addFault(world, { on: 'call', kind: 'reset', count: 1, match });
  await say(page, 'never arrived');
  // The agent repeats the words.
  const message = messages(page).locator('app-message-bubble.own', { hasText: 'never arrived' });
  await expect(message.getByText('No answer came, and no notification either')).toBeVisible();

  await message.getByRole('button', { name: 'Read the history' }).click();
  await expect(message.getByText(/history, read at .* does not have it/)).toBeVisible();
  await message.getByRole('button', { name: 'Send as a new message' }).click();

  await expect(message).toHaveCount(2);
  await expect(message.first()).toContainText('no answer, sent again');
  await expect(
    message
      .last()
      .getByText(/sent|accepted|read/)
      .first(),
  ).toBeVisible();
  await page.reload();
  await expect(message).toHaveCount(2);
  await expect(message.first()).toContainText('no answer, sent again');
  await expect(page.getByRole('button', { name: 'Send as a new message' })).toHaveCount(0);
});

test('webhooks that come twice and in the wrong order change nothing in the chat', async ({
  page,
  world,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const match = { eventType: 'ContentEvent' };
  await addFault(world, { on: 'webhook', kind: 'duplicate', times: 3, match });
  await addFault(world, { on: 'webhook', kind: 'reorder', ms: 1500, count: 2 });
  for (const text of ['one of three', 'two of three', 'three of three']) await say(page, text);

  const own = messages(page).locator('app-message-bubble.own');
  await expect(own).toHaveCount(4);
  await openTab(page, 'Webhooks');
  await expectRows(page, 'Webhooks', 'role:consumer type:content of three', 3);
  await expect(own).toContainText([
    'Hello, is anybody there?',
    'one of three',
    'two of three',
    'three of three',
  ]);
  await expect(own).toHaveCount(4);
});

test('two tabs on one conversation show the same, and each receipt is told once', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(messages(other).getByText(/How can I help\?/)).toBeVisible();

  await say(other, 'from the second tab');
  await expect(messages(page).getByText('from the second tab', { exact: true })).toBeVisible();
  await expect(messages(other).getByText('from the second tab', { exact: true })).toHaveCount(1);

  await openTab(page, 'Webhooks');
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('role:consumer type:accept');
  // Until the list has been filtered, states that are told twice stand in it, too.
  await expect(rows(page, 'Webhooks').filter({ hasNotText: 'AcceptStatusEvent' })).toHaveCount(0);
  await expect(rows(page, 'Webhooks').filter({ hasText: /READ\b/ })).not.toHaveCount(0);
  const receipts = await rows(page, 'Webhooks').allInnerTexts();
  expect(new Set(receipts.map((text) => text.replace(/^[\d:.\s]+/, ''))).size).toBe(receipts.length);
});

test('a lost network is shown; what was written meanwhile goes out once it is back', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await answerFirstMessage(page);
  await context.setOffline(true);
  await say(page, 'written in the tunnel');
  const failed = messages(page).locator('app-message-bubble', { hasText: 'written in the tunnel' });
  await expect(failed.getByRole('button', { name: /again|Retry/i })).toBeVisible();

  await context.setOffline(false);
  // The server never had it: only this tab knows of it.
  await page.reload();
  await failed.getByRole('button', { name: /again|Retry/i }).click();
  await expect(failed.getByText(/sent|accepted|read/).first()).toBeVisible();
  await expect(messages(page).getByText('written in the tunnel', { exact: true })).toHaveCount(1);
});

test('everything can be reached by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).focus();
  await page.keyboard.press('Enter');
  await composer(page).waitFor();
  await composer(page).focus();
  await page.keyboard.type('Hello from the keys');
  await page.keyboard.press('Enter');
  await expect(messages(page).getByText(/How can I help\?/)).toBeVisible({ timeout: 20_000 });

  await page.getByRole('tab', { name: 'Timeline' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /Webhooks/ })).toBeFocused();
  await page.getByRole('listbox', { name: 'Webhooks' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: 'Details' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Details' })).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any tab, ${colorScheme}`, EVERY_LOOK, async ({ page }) => {
    // Five whole pages for axe.
    test.slow();
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await answerFirstMessage(page);
    for (const tab of ['Timeline', 'Webhooks', 'Requests', 'State']) {
      await openTab(page, tab);
      await expectAccessible(page, tab);
    }
    await openTab(page, 'Timeline');
    await rows(page, 'Timeline').filter({ hasText: 'webhook ContentEvent' }).first().click();
    await expectAccessible(page, 'a chosen arrow');
  });
}

test('a phone shows one pane at a time and nothing is wider than it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await answerFirstMessage(page);
  for (const pane of ['Conversations', 'Chat', 'Inspector']) {
    await page.getByRole('button', { name: pane, exact: true }).click();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, pane).toBeLessThanOrEqual(390);
  }
  for (const tab of ['Timeline', 'Webhooks', 'Requests', 'State']) {
    await openTab(page, tab);
    await expect(page.getByRole('tab', { name: new RegExp(tab) })).toBeInViewport({ ratio: 1 });
  }
  await expectAccessible(page, 'the phone');
});

test('long counts leave the narrowest window as it is, and the emulator’s button in sight', async ({
  page,
  world,
}) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const agent = await startConversation(page, world);
  for (let at = 1; at <= 110; at += 1) await agent.say({ text: `Line ${at}` });
  await page.getByRole('button', { name: 'Inspector', exact: true }).click();
  await expect(page.getByRole('tab', { name: /Webhooks \d{3}/ })).toBeVisible();

  await expectNoSidewaysScroll(page);
  expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBe(568);
  await expect(page.getByRole('button', { name: 'Emulator controls' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('tab', { name: 'State' })).toBeInViewport({ ratio: 1 });
});
