import type { Page } from '@playwright/test';
import { messagesOf, startConversation, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import { showPane, write } from './panes.ts';
import type { Stage, Take } from './stage.ts';

/** Beside the chat: diagram, lists, details, state. */
export async function takeInspector({ page, world, take }: Stage): Promise<void> {
  const agent = await startConversation(page, world);
  // On a phone nothing is read any more once the chat is out of sight.
  const isRead = page.waitForRequest((request) => (request.postData() ?? '').includes('READ'));
  await takeOddArrivals(page, agent);
  await isRead;
  await showPane(page, 'Inspector');
  await caughtUp(page);
  await takeTimeline(page, take);
  await takeWebhooks(page, take);
  await takeRequests(page, take);
  await page.getByRole('tab', { name: 'State' }).click();
  await page.getByText('Conversation id').first().waitFor();
  await take('state');
  await takeWaiting(page, agent, take);
}

/** A call without an answer, in diagram and list. */
async function takeWaiting(page: Page, agent: PlayedAgent, take: Take): Promise<void> {
  await agent.faults({ on: 'call', kind: 'drop', count: 1, match: { eventType: 'ContentEvent' } });
  await showPane(page, 'Chat');
  await write(page, 'No answer yet');
  await showPane(page, 'Inspector');
  for (const list of ['Requests', 'Timeline']) {
    await page.getByRole('tab', { name: new RegExp(list) }).click();
    await rows(page, list).filter({ hasText: 'waiting' }).waitFor();
    await take(`waiting-${list.toLowerCase()}`);
  }
  await rows(page, 'Timeline').filter({ hasText: 'waiting' }).click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('waiting-detail');
}

async function takeOddArrivals(page: Page, agent: PlayedAgent): Promise<void> {
  const content = { count: 1, match: { eventType: 'ContentEvent' } };
  await agent.faults({ on: 'webhook', kind: 'duplicate', times: 3, ...content });
  await agent.say({ text: 'Said once, posted three times' });
  await agent.faults({ on: 'webhook', kind: 'reorder', ms: 1_500, ...content });
  await agent.say({ text: 'Overtaken' });
  await agent.say({ text: 'Overtaking' });
  await messagesOf(page).getByText('Overtaken').waitFor();
  await agent.faults({ on: 'webhook', kind: 'wrong-signature', ...content });
  await agent.say({ text: 'Signed by a stranger' });
  await agent.faults({ on: 'call', kind: 'status', status: 400, ...content });
  await write(page, 'This one is refused');
  await messagesOf(page).getByRole('button', { name: 'Retry' }).waitFor();
}

/** The receipt for what the agent said last is the last that happens by itself; the chat is ahead of the lists. */
async function caughtUp(page: Page): Promise<void> {
  const filter = page.getByRole('searchbox', { name: 'Filter', exact: true });
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await filter.fill('role:consumer READ');
  await rows(page, 'Webhooks').filter({ hasText: 'READ' }).first().waitFor();
  await filter.fill('');
}

const rows = (page: Page, list: string) => page.getByRole('listbox', { name: list }).getByRole('option');

async function takeTimeline(page: Page, take: Take): Promise<void> {
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await rows(page, 'Timeline').first().waitFor();
  // Only rows around what is in sight are drawn, and what comes at the end depends on how fast the machine is.
  await page.getByRole('listbox', { name: 'Timeline' }).press('Home');
  await rows(page, 'Timeline').filter({ hasText: 'webhook ContentEvent' }).first().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('timeline-chosen');
  await page.getByRole('button', { name: 'Close details' }).click();
  const late = rows(page, 'Timeline').filter({ hasText: 'late' });
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:content role:agent');
  await late.first().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('timeline-late');
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('');
  await page.getByRole('button', { name: 'Close details' }).click();
}

async function takeWebhooks(page: Page, take: Take): Promise<void> {
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await rows(page, 'Webhooks').first().waitFor();
  await take('webhooks');
  await rows(page, 'Webhooks').filter({ hasText: 'Said once' }).click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('webhook-detail');
  await page.getByRole('button', { name: 'Close details' }).click();
  await rows(page, 'Webhooks').filter({ hasText: 'Refused' }).first().click();
  await take('webhook-refused');
  await page.getByRole('button', { name: 'Close details' }).click();
  const filter = page.getByRole('searchbox', { name: 'Filter', exact: true });
  await filter.fill('type:content role:agent');
  await rows(page, 'Webhooks').filter({ hasText: 'Overtaking' }).first().waitFor();
  await take('filtered');
  await filter.fill('role:nobody');
  await page.getByText('Nothing matches the filter').waitFor();
  await take('filtered-none');
  await filter.fill('originatorMetadata');
  await page.getByRole('button', { name: 'Look in bodies' }).waitFor();
  await take('filtered-inside');
  await filter.fill('role:agnt sequence:>two');
  await page.getByText(/needs a number/).waitFor();
  await take('filter-mistakes');
  await filter.fill('sender:agent');
  await page.getByText(/No column “sender”/).waitFor();
  await take('filter-unknown-column');
  await filter.fill('role:agent');
  await page.getByRole('button', { name: 'How to filter' }).click();
  await page.getByRole('dialog', { name: 'How to filter' }).getByText('status:5xx').waitFor();
  await take('filter-help');
  await page.keyboard.press('Escape');
  await filter.fill('');
}

async function takeRequests(page: Page, take: Take): Promise<void> {
  await page.getByRole('tab', { name: /Requests/ }).click();
  await rows(page, 'Requests').first().waitFor();
  await take('requests');
  await rows(page, 'Requests').filter({ hasText: 'ContentEvent' }).last().click();
  await page.getByRole('region', { name: 'Details' }).waitFor();
  await take('request-detail');
  await page.getByRole('button', { name: 'Close details' }).click();
}
