import { messagesOf, startConversation, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import { write } from './panes.ts';
import type { Stage } from './stage.ts';

const CONTENT = { match: { eventType: 'ContentEvent' } };

/** What a conversation shows when something on the way was lost, and how it asks before it closes. */
export async function takeDeliveries(stage: Stage): Promise<void> {
  const agent = await startConversation(stage.page, stage.world);
  await takeEmoji(stage);
  await takeLostEcho(stage, agent);
  await takeHistory(stage, agent);
  await takeQuestion(stage);
  await takeUnknown(stage);
}

async function takeEmoji({ page, take }: Stage): Promise<void> {
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('dialog', { name: /Emoji/ }).waitFor();
  await take('emoji');
  await page.keyboard.press('Escape');
}

async function takeLostEcho({ page, take }: Stage, agent: PlayedAgent): Promise<void> {
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, ...CONTENT });
  await write(page, 'Nobody echoes this');
  await messagesOf(page).getByText('its notification is missing').waitFor();
  await take('echo-missing');
}

async function takeHistory({ page, take }: Stage, agent: PlayedAgent): Promise<void> {
  await agent.faults({ on: 'webhook', kind: 'drop', count: 1, ...CONTENT });
  await agent.say({ text: 'Only the history knows this' });
  await agent.faults({ on: 'call', kind: 'status', status: 400, count: 1, match: { service: 'msgHist' } });
  await page.reload();
  await page.getByText('history could not be read').waitFor();
  await take('history-failed');
  await page.getByRole('button', { name: 'Retry' }).click();
  await messagesOf(page).getByText('Only the history knows this').waitFor();
  await take('history-filled-in');
}

async function takeQuestion({ page, take }: Stage): Promise<void> {
  await page.getByRole('button', { name: 'Close conversation' }).click();
  await page.getByRole('dialog', { name: 'Close this conversation?' }).waitFor();
  await take('close-question');
  await page.keyboard.press('Escape');
}

async function takeUnknown({ page, take }: Stage): Promise<void> {
  await page.goto(page.url().replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'));
  await page.getByRole('heading', { name: 'There is no such conversation' }).first().waitFor();
  await take('no-such-conversation');
}
