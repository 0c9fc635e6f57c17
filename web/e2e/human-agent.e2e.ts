import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

test('an agent who works like a person is seen to read, type and answer; then a person takes over', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world, { persona: 'human' });
  const bubble = (text: string) => messagesOf(page).locator('app-message-bubble', { hasText: text });

  await expect(bubble('Let me look into “Hello” for you')).toBeVisible();
  await expect(messagesOf(page).locator('[data-state=read]', { hasText: 'Hello' })).toHaveCount(1);
  await expect(page.getByText('is typing…')).toHaveCount(0);
  await page.getByRole('tab', { name: /Webhooks/ }).click();
  await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('type:ChatState role:agent');
  const states = page.getByRole('listbox', { name: 'Webhooks' }).locator('.summary');
  // One answer was short; the long one was typed with a break.
  await expect(states.filter({ hasText: 'COMPOSING' })).toHaveCount(3);

  await agent.persona('silent');
  const field = page.getByRole('textbox', { name: 'Message', exact: true });
  await field.fill('Is somebody there?');
  await field.press('Enter');
  await expect(bubble('Is somebody there?')).toHaveAttribute('data-state', 'sent');
  await agent.say({ acceptStatus: 'ACCEPT' });
  await expect(bubble('Is somebody there?')).toHaveAttribute('data-state', 'accepted');
  await agent.say({ chatState: 'COMPOSING' });
  await expect(page.getByText('Agent is typing…')).toBeVisible();
  await agent.say({ text: 'A person, yes.' });
  await expect(bubble('A person, yes.')).toBeVisible();
  await expect(page.getByText('is typing…')).toHaveCount(0);
  await agent.say({ acceptStatus: 'READ' });
  await expect(bubble('Is somebody there?')).toHaveAttribute('data-state', 'read');
  await agent.close();
  await expect(page.locator('.closed-words')).toHaveText('Closed by the agent');
  await expect(bubble('Is somebody there?')).toHaveAttribute('data-state', 'read');
  expect(problems).toEqual([]);
});
