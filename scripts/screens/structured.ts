import type { Page } from '@playwright/test';
import { messagesOf, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import type { Take } from './stage.ts';

export const text = (words: string, style?: object) => ({
  type: 'text',
  text: words,
  ...(style && { style }),
});
export const vertical = (...elements: readonly unknown[]) => ({ type: 'vertical', elements });
const button = (title: string, action: object = { type: 'publishText', text: title }) => ({
  ...{ type: 'button', title },
  click: { actions: [action], metadata: [{ type: 'ExternalId', id: title }] },
});
const card = (title: string, price: string) =>
  vertical(
    text(title, { bold: true, size: 'large' }),
    text(`Size 42 · ${price}`),
    button(`Add ${title.toLowerCase()}`),
    button('Read more', { type: 'link', uri: 'https://example.com/shoe' }),
  );

/** Cards, replies, a check list, and what cannot be drawn. */
export async function takeStructured(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  const messages = messagesOf(page);
  await agent.say({ richContent: card('Blue shoe', '49 €') });
  await messages.getByRole('button', { name: 'Add blue shoe' }).waitFor();
  await messages.getByRole('button', { name: 'Add blue shoe' }).click();
  await messages.getByText('Add blue shoe').nth(1).waitFor();
  await take('card-used');
  await takeAction(page, take);
  const cards = [card('Red shoe', '59 €'), card('Green shoe', '39 €'), card('Black boot', '89 €')];
  await agent.say({ richContent: { type: 'carousel', padding: 10, elements: cards } });
  await messages.getByRole('button', { name: 'Add red shoe' }).waitFor();
  await take('carousel');
  const replies = ['Yes, please', 'No, thanks', 'I would rather talk to somebody'];
  const quickReplies = {
    type: 'quickReplies',
    itemsPerRow: 8,
    replies: replies.map((reply) => button(reply)),
  };
  await agent.say({ text: 'Shall I order it for you?', quickReplies });
  await messages.getByRole('button', { name: 'Yes, please' }).waitFor();
  await messages.getByRole('button', { name: 'Yes, please' }).click();
  await messages.getByText('Yes, please').nth(1).waitFor();
  await take('quick-replies-used');
  await takeCheckList(page, take, agent);
  await agent.say({ richContent: vertical({ type: 'image' }) });
  await agent.say({
    richContent: vertical(
      text('Links that are not opened'),
      button('Script', { type: 'link', uri: 'javascript:0' }),
    ),
  });
  await messages.getByText(/is not valid/).waitFor();
  await messages.getByText('links are not opened').first().waitFor();
  await take('invalid');
}

/** The ACTION by hand in the card about a message. */
async function takeAction(page: Page, take: Take): Promise<void> {
  await messagesOf(page)
    .locator('app-message-bubble', { has: page.locator('app-structured-content') })
    .getByRole('button', { name: /About this message/ })
    .click();
  const card = page.getByRole('dialog', { name: 'Agent' });
  await card.getByRole('button', { name: 'ACTION' }).click();
  await take('action-by-hand');
  await card.getByLabel('Metadata as JSON').fill('[{ "type": "ExternalId", "id":');
  await card.getByText('This is not valid JSON').waitFor();
  await take('action-mistake');
  await page.keyboard.press('Escape');
}

async function takeCheckList(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  const box = (title: string) => ({
    ...{ type: 'checkbox', text: title },
    click: {
      actions: [{ type: 'checked', publishText: title }],
      metadata: [{ type: 'ExternalId', id: title }],
    },
  });
  const boxes = ['Gift wrap', 'Express delivery', 'Invoice by post'].map((title) => box(title));
  const section = {
    type: 'section',
    sectionID: 's',
    elements: [text('Extras'), { type: 'checklist', elements: boxes }],
  };
  const click = {
    actions: [{ type: 'submitAsText', submit: true }],
    metadata: [{ type: 'ExternalId', id: 'f' }],
  };
  const elements = [
    text('Anything else?'),
    { type: 'sectionList', elements: [section] },
    { type: 'buttonList', elements: [{ type: 'submitButton', title: 'Order', click }] },
  ];
  await agent.say({ richContent: { type: 'list', elements } });
  await messagesOf(page).getByRole('checkbox', { name: 'Gift wrap' }).check();
  await take('check-list');
}
