import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('a connection that comes back leaves the chat at its end, whatever was passed over before', async ({
  page,
  world,
  context,
}) => {
  const agent = await startConversation(page, world);
  // Faster than anybody reads: most of them are passed over on the way to the newest.
  for (let at = 1; at <= 30; at += 1) await agent.say({ text: `Line ${at} of many` });
  const newest = messagesOf(page).getByText('Line 30 of many');
  await expect(newest).toBeInViewport();
  const connection = page.getByRole('button', { name: 'Connection' });

  await context.setOffline(true);
  await expect(connection).toHaveAccessibleName('Connection: Offline');
  await agent.say({ text: 'Said meanwhile' });
  await context.setOffline(false);
  await expect(connection).toHaveAccessibleName('Connection: Live', { timeout: 15_000 });

  await expect(messagesOf(page).getByText('Said meanwhile')).toBeInViewport();
  await expect(messagesOf(page).getByText('New', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /\d new$/ })).toHaveCount(0);
});
