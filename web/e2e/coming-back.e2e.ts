import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('who comes back is in the conversation they were in, as long as it is open and known', async ({
  page,
  world,
  context,
}) => {
  const agent = await startConversation(page, world);
  const conversation = page.url();
  await page.close();

  const second = await context.newPage();
  await second.goto('/');
  await expect(second).toHaveURL(conversation);
  await expect(messagesOf(second).getByText('Hello', { exact: true })).toBeVisible();

  await agent.close();
  await expect(second.getByText('closed', { exact: true })).toBeVisible();
  await second.close();
  const third = await context.newPage();
  await third.goto('/');
  await expect(third).toHaveURL(/\/chat$/);
  await expect(third.getByRole('heading', { name: 'New conversation' })).toBeVisible();

  await third.goto(conversation.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'));
  await expect(third.getByRole('heading', { name: 'Unknown conversation' })).toBeVisible();
  await third.goto('/');
  await expect(third).toHaveURL(/\/chat$/);
  await expect(third.getByRole('heading', { name: 'New conversation' })).toBeVisible();
});
