import { expect, type Locator, type Page } from '@playwright/test';
import { messagesOf, startConversation, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import { endpointUrl, pointEndpoints, pointEndpointsTo } from '../../web/e2e/webhook-set-up.ts';
import { isOnePane, showPane, write } from './panes.ts';
import type { Stage, Take } from './stage.ts';

/** A conversation from the empty app to its end: each state of a message, and what stands around them. */
export async function takeConversation(stage: Stage): Promise<void> {
  const { page, world, take } = stage;
  await takeStart(page, take);
  const agent = await startConversation(page, world);
  await takeDelivery(page, take, agent);
  await takeUnread(page, take, agent);
  await takeControls(page, take);
  await takeClosing(page, take);
}

const bubble = (page: Page, text: string): Locator =>
  messagesOf(page).locator('app-message-bubble', { hasText: text });

async function takeStart(page: Page, take: Take): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await take('empty');
  await takeListStates(page, take);
  await takeSilentApp(page, take);
  await page.getByRole('button', { name: 'Options' }).click();
  const sheet = page.getByRole('dialog', { name: 'New conversation options' });
  await sheet.waitFor();
  await take('options');
  await sheet.getByLabel('Save these options as').fill('Sales, urgent');
  await sheet.getByLabel('Skill id').fill('12x');
  await sheet.getByLabel('Campaign id').fill('4711');
  await sheet.getByLabel('Context type').fill('SharkContext');
  await sheet.getByLabel('Engagement attributes').fill('[{ "type": "ctmrinfo", }]');
  await sheet.getByRole('checkbox', { name: 'MULTI_DIALOG' }).uncheck();
  await sheet.getByRole('button', { name: 'Use for new conversations' }).click();
  await take('options-mistakes');
  await sheet.getByLabel('Engagement attributes').scrollIntoViewIfNeeded();
  await sheet.getByLabel('Engagement attributes').focus();
  await take('options-mistakes-end');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without using these options?' });
  await question.waitFor();
  await take('options-leave-question');
  await question.getByRole('button', { name: 'Stay' }).click();
  await sheet.getByRole('button', { name: 'Reset to defaults' }).click();
  await sheet.getByLabel('Save these options as').fill('Sales, urgent');
  await sheet.getByLabel('Skill id').fill('4711');
  await sheet.getByLabel('Urgency').selectOption('URGENT');
  await sheet.getByRole('button', { name: 'Save', exact: true }).click();
  await sheet.getByRole('button', { name: 'Remove' }).waitFor();
  await take('options-preset');
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  // Back at the door for whoever opens the conversation.
  await page.context().clearCookies();
}

/** An app of which nothing would come here, one that has nowhere to tell anything, and one that tells messages only. */
async function takeSilentApp(page: Page, take: Take): Promise<void> {
  const here = await endpointUrl(page);
  await pointEndpointsTo(page, 'https://hooks.example.com/notifications');
  await page.reload();
  await page.getByText('The answers go elsewhere.').waitFor();
  await take('answers-elsewhere');
  await pointEndpoints(page, []);
  await page.reload();
  await page.getByText('No answer will arrive.').waitFor();
  await take('no-endpoint');
  await pointEndpoints(page, [null, here]);
  await page.reload();
  await page.getByText('Not everything will show.').waitFor();
  await take('some-endpoints');
  await pointEndpointsTo(page, here);
  await page.reload();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

/** The list of conversations before it has any, and when it cannot be read. */
async function takeListStates(page: Page, take: Take): Promise<void> {
  const url = page.url();
  await showPane(page, 'Conversations');
  await page.getByText('No conversations yet').waitFor();
  // Beside the chat it is in the picture before.
  if (isOnePane(page)) await take('list-empty');
  const list = '**/api/conversations?*';
  // It never comes.
  await page.route(list, () => undefined);
  await page.goto(url);
  await showPane(page, 'Conversations');
  await page.locator('.skeleton').first().waitFor();
  await take('list-loading');
  await page.unroute(list);
  await page.route(list, (route) => route.abort());
  await page.goto(url);
  await showPane(page, 'Conversations');
  await page.getByRole('button', { name: 'Retry' }).waitFor();
  await take('list-failed');
  await page.unroute(list);
  await page.goto(url.replace(/apps\/[^/]+/, 'apps/no-such-app'));
  await page.getByRole('heading', { name: 'There is no such app' }).waitFor();
  await take('no-such-app');
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

const CONTENT = { match: { eventType: 'ContentEvent' } };

async function takeDelivery(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  // The echo alone would do for “sent”.
  for (const on of ['call', 'webhook']) {
    await agent.faults({ on, kind: 'delay', ms: 3_000, count: 1, ...CONTENT });
  }
  await write(page, 'Where is my order 4711? https://example.com/orders/4711');
  await bubble(page, '4711').getByText('sending').waitFor();
  await take('sending');
  await bubble(page, '4711')
    .getByText(/\bsent\b/)
    .waitFor();
  await agent.say({ acceptStatus: 'ACCEPT' });
  await bubble(page, '4711')
    .getByText(/\baccepted\b/)
    .waitFor();
  await agent.say({ chatState: 'COMPOSING' });
  await page.getByText('is typing…').waitFor();
  await take('accepted-typing');
  await agent.say({ text: 'Let me look.\nThe order left our warehouse this morning.' });
  await agent.say({ text: 'It should be with you tomorrow' });
  await agent.say({ acceptStatus: 'READ' });
  await bubble(page, '4711')
    .getByText(/\bread\b/)
    .waitFor();
  await take('read');
  await bubble(page, '4711').hover();
  await bubble(page, '4711')
    .getByRole('button', { name: /About this message/ })
    .click();
  await page.getByRole('dialog', { name: 'You' }).waitFor();
  await take('message-card');
  await page.keyboard.press('Escape');
  await takeFailures(page, take, agent);
}

async function takeFailures(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, ...CONTENT });
  await agent.faults({ on: 'call', kind: 'reset', isCarriedOut: true, count: 1, ...CONTENT });
  await write(page, 'Neither answer nor echo');
  await bubble(page, 'Neither').getByRole('button', { name: 'Send as a new message' }).waitFor();
  await agent.faults({ on: 'call', kind: 'status', status: 400, count: 1, ...CONTENT });
  await write(page, 'Refused by the cloud');
  await bubble(page, 'Refused').getByRole('button', { name: 'Retry' }).waitFor();
  await take('failed');
}

async function takeUnread(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  for (let at = 1; at <= 24; at += 1) await agent.say({ text: `Answer ${at} of a long talk` });
  await messagesOf(page).getByText('Answer 24').waitFor();
  await messagesOf(page).hover();
  await page.mouse.wheel(0, -700);
  // The list has noticed that its end was left.
  await messagesOf(page).getByText('Answer 24').waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))');
  await agent.say({ text: 'Something new' });
  await agent.say({ text: 'and more' });
  await page.getByRole('button', { name: /^2 new/ }).waitFor();
  await take('new-below');
  await page.getByRole('button', { name: /^2 new/ }).click();
  // What was jumped to counts as read once it has stayed.
  await expect(page).not.toHaveTitle(/^\(/, { timeout: 30_000 });
  await showPane(page, 'Conversations');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await showPane(page, 'Chat');
  await page.locator('app-start-panel').waitFor();
  await write(page, 'Another question');
  await messagesOf(page).getByText('Another question').waitFor();
  await agent.say({ text: 'Are you still there?' });
  await agent.say({ text: 'I would like to help.' });
  await showPane(page, 'Conversations');
  const other = page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link')
    .filter({ hasText: 'I would like to help.' });
  await other.getByText(/\d\W*unread/).waitFor();
  await take('list-unread');
  await other.click();
  await messagesOf(page).getByText('I would like to help.').waitFor();
  await take('unread-line');
}

async function takeControls(page: Page, take: Take): Promise<void> {
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('A draft\nof several\nlines');
  await showPane(page, 'Conversations');
  await page.getByText('Automatic', { exact: true }).click();
  await page.getByRole('checkbox', { name: /^READ/ }).uncheck();
  await take('controls');
  await page.getByRole('checkbox', { name: /^READ/ }).check();
  await page.getByText('Automatic', { exact: false }).first().click();
  await showPane(page, 'Chat');
  await page.getByRole('button', { name: 'Send an event as JSON' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send an event' });
  await dialog.waitFor();
  await dialog.getByLabel('Event as JSON').fill('{ "type": "ContentEvent", "contentType": ');
  await dialog.getByText('This is not valid JSON').waitFor();
  await take('raw-event-mistake');
  await dialog.getByRole('button', { name: 'Structured' }).click();
  await dialog.getByRole('button', { name: 'Put back my text' }).waitFor();
  await take('raw-event-replaced');
  await page.keyboard.press('Escape');
}

async function takeClosing(page: Page, take: Take): Promise<void> {
  await page.getByRole('button', { name: 'Close conversation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close this conversation?' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Close conversation' }).click();
  await page.locator('.closed-words').waitFor();
  await take('closed');
}
