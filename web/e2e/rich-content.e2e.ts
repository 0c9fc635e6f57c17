import { EVERY_LOOK, expectAccessible } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

const metadata = (id: string) => [{ type: 'ExternalId', id }];
const text = (words: string) => ({ type: 'text', text: words });
const vertical = (...elements: readonly unknown[]) => ({ type: 'vertical', elements });
const button = (title: string, action: unknown, id: string) => ({
  ...{ type: 'button', title },
  click: { actions: [action], metadata: metadata(id) },
});
const quickReplies = {
  type: 'quickReplies',
  itemsPerRow: 8,
  replies: [
    button('Yes!', { type: 'publishText', text: 'yep' }, 'Yes-1234'),
    button('No!', { type: 'publishText', text: 'nope' }, 'No-4321'),
  ],
};

test('a card: its text is published with ACTION and metadata, its link opens beside, and a reload shows the same', async ({
  page,
  world,
  problems,
  context,
}) => {
  const agent = await startConversation(page, world);
  const { sequence } = await agent.say({
    richContent: vertical(
      { ...text('Blue shoe\nsize 42'), style: { bold: true, size: 'large' } },
      button('Add to cart', { type: 'publishText', text: 'add the blue shoe' }, 'ABC-1'),
      button('Read more', { type: 'link', uri: `${world.origin}/robots.txt` }, 'LINK-1'),
    ),
  });
  const messages = messagesOf(page);

  await messages.getByRole('button', { name: 'Add to cart' }).click();
  await expect(messages.getByText('add the blue shoe')).toBeVisible();
  const opened = context.waitForEvent('page');
  await messages.getByRole('button', { name: 'Read more' }).click();
  expect((await opened).url()).toContain('/robots.txt');
  await (await opened).close();

  await page.getByRole('tab', { name: /Requests/ }).click();
  const requests = page.getByRole('listbox', { name: 'Requests' });
  const told = requests.getByRole('option').filter({ hasText: /AcceptStatusEvent/ });
  await expect(told.first()).toBeVisible();
  await requests.getByRole('option').filter({ hasText: 'add the blue shoe' }).click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('add the blue shoe');
  await expect(details).toContainText('ABC-1');
  expect(sequence).toBeGreaterThan(0);

  await page.reload();
  await expect(messages.getByRole('button', { name: 'Add to cart' })).toHaveClass(/structured-used/);
  await expect(messages.getByText('add the blue shoe')).toHaveCount(1);
  expect(problems).toEqual([]);
});

test('an ACTION by hand, with metadata of its own, reaches the emulator, which echoes it', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  const add = button('Add to cart', { type: 'publishText', text: 'add' }, 'ABC-1');
  const { sequence } = await agent.say({ richContent: vertical(text('Blue shoe'), add) });
  const messages = messagesOf(page);
  await expect(messages.getByRole('button', { name: 'Add to cart' })).toBeVisible();
  await messages
    .getByRole('button', { name: /^About this message/ })
    .last()
    .click();
  const card = page.getByRole('dialog', { name: 'Agent' });
  await card.getByRole('button', { name: 'ACTION…' }).click();
  const editor = card.getByLabel('Metadata as JSON');
  await expect(editor).toHaveValue(/"ABC-1"/);

  await editor.fill('[{ "type": "ExternalId", "id":');
  await expect(card.getByText(/This is not valid JSON/)).toBeVisible();
  await editor.fill('[{ "type": "ExternalId", "id": "by-hand" }]');
  await card.getByRole('button', { name: 'Send ACTION' }).click();
  await expect(card.getByText('ACTION sent')).toHaveCount(1);
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: /Webhooks/ }).click();
  const webhooks = page.getByRole('listbox', { name: 'Webhooks' }).getByRole('option');
  await webhooks.filter({ hasText: `ACTION ${sequence}` }).click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('by-hand');
  expect(problems).toEqual([]);
});

test('quick replies beside a text: pressed once, they stay and tell which, also after a reload and for doubled webhooks', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await agent.faults({ on: 'webhook', kind: 'duplicate', times: 2 });
  await agent.say({ text: 'Do you like it?', quickReplies });
  const messages = messagesOf(page);
  const yes = messages.getByRole('button', { name: 'Yes!' });
  const no = messages.getByRole('button', { name: 'No!' });

  await yes.focus();
  await page.keyboard.press('Enter');
  await expect(messages.getByText('yep')).toHaveCount(1);
  await expect(yes).toBeDisabled();
  await expect(yes).toBeFocused();
  await expect(yes).toHaveAttribute('aria-pressed', 'true');

  await page.reload();
  await expect(yes).toHaveAttribute('aria-pressed', 'true');
  await expect(no).toBeDisabled();
  await expect(messages.getByText('yep')).toHaveCount(1);
  expect(problems).toEqual([]);
});

test('a check list is filled in and sent by keyboard alone', async ({ page, world, problems }) => {
  const agent = await startConversation(page, world);
  const box = (title: string) => ({
    ...{ type: 'checkbox', text: title },
    click: { actions: [{ type: 'checked', publishText: title }], metadata: metadata(title) },
  });
  const section = {
    type: 'section',
    sectionID: 's',
    elements: [text('Colours'), { type: 'checklist', elements: [box('red'), box('green')] }],
  };
  const send = {
    type: 'submitButton',
    title: 'Order',
    click: { actions: [{ type: 'submitAsText', submit: true }], metadata: metadata('form') },
  };
  await agent.say({
    richContent: {
      type: 'list',
      elements: [
        text('Which ones?'),
        { type: 'sectionList', elements: [section] },
        { type: 'buttonList', elements: [send] },
      ],
    },
  });
  const messages = messagesOf(page);

  await messages.getByRole('checkbox', { name: 'red' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(messages.getByRole('button', { name: 'Order' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(messages.getByText('red, green')).toBeVisible();
  await expect(page).toHaveURL(/\/chat\//);
  await page.reload();
  await expect(messages.getByRole('checkbox', { name: 'green' })).toBeChecked();
  await expect(messages.getByRole('checkbox', { name: 'green' })).toBeDisabled();
  expect(problems).toEqual([]);
});

test('a hostile message runs nothing, opens nothing and stops nobody', async ({
  page,
  world,
  problems,
  context,
}) => {
  const agent = await startConversation(page, world);
  const pages: string[] = [];
  context.on('page', (opened) => pages.push(opened.url()));
  page.on('dialog', (dialog) => {
    pages.push(dialog.message());
    void dialog.dismiss();
  });
  let deep: unknown = text('bottom');
  for (let level = 0; level < 20; level += 1) deep = vertical(deep);
  const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script><style>*{display:none}</style>';
  await agent.say({
    richContent: vertical(
      { ...text(markup), style: { color: 'red;position:fixed;inset:0;z-index:9999' } },
      { type: 'image', url: 'javascript:alert(3)', caption: markup, alt: 'trap' },
      { type: 'button', title: markup, click: { actions: [{ type: 'link', uri: 'javascript:alert(4)' }] } },
      {
        type: 'button',
        title: 'Data',
        click: { actions: [{ type: 'link', uri: 'data:text/html,<script>alert(5)</script>' }] },
      },
      { type: 'tabs', elements: [{ ...vertical(text('tab')), tag: 'app-root' }] },
      deep,
    ),
  });
  await agent.say({ richContent: vertical(...Array.from({ length: 3000 }, (_, at) => text(`line ${at}`))) });
  await agent.say({
    text: 'still here',
    quickReplies: {
      replies: [{ title: '<b>x</b>', click: { actions: [{ type: 'link', uri: 'javascript:alert(6)' }] } }],
    },
  });
  const messages = messagesOf(page);

  await expect(messages.getByText('still here')).toBeVisible();
  await expect(messages.getByText(markup).first()).toBeVisible();
  await expect(messages.getByText('Not shown:').first()).toBeVisible();
  await expect(messages.getByRole('button', { name: 'Data' })).toBeDisabled();
  await messages.getByRole('button', { name: 'Data' }).click({ force: true });
  await page.getByRole('textbox', { name: 'Message' }).fill('I am fine');
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  await expect(messages.getByText('I am fine')).toBeVisible();
  expect(pages).toEqual([]);
  expect(problems).toEqual([]);
});

test('invalid content is shown as such, with its JSON folded', async ({ page, world, problems }) => {
  const agent = await startConversation(page, world);
  await agent.say({ richContent: vertical({ type: 'image' }) });
  const messages = messagesOf(page);

  await expect(messages.getByText(/is not valid/)).toBeVisible();
  await messages.getByText('JSON as it came').click();
  await expect(messages.getByRole('group', { name: 'Structured content' })).toContainText('"image"');
  expect(problems).toEqual([]);
});

test('private messages and content of unknown kinds never pass for something else', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'only for agents', isPrivate: true });
  await agent.say({ richContent: vertical(text('before'), { type: 'hologram' }) });
  const messages = messagesOf(page);

  await expect(messages.getByText('Not shown: elements of type “hologram”.')).toBeVisible();
  await expect(messages.getByText('only for agents')).toHaveCount(0);
});

test('after the agent has closed, replies and buttons say nothing any more', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'Do you like it?', quickReplies });
  await agent.close();

  await expect(messagesOf(page).getByRole('button', { name: 'Yes!' })).toBeDisabled();
  await expect(page.getByText(/Closed by the agent/).first()).toBeVisible();
  expect(problems).toEqual([]);
});

test('a survey from close to end: asked, answered by replies, restored by a reload, over with the conversation', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world, { hasSurvey: true });
  // No survey follows where nobody has come.
  await agent.say({ text: 'Hello, Kim' });
  const messages = messagesOf(page);

  await page.getByRole('button', { name: 'Close conversation' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: /Close everything/ })).toBeFocused();
  await dialog.getByRole('radio', { name: /let a survey follow/ }).check();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/goes into the survey/)).toBeVisible();
  const replies = messages.getByRole('group', { name: 'Quick replies' });
  await expect(replies.last().getByRole('button').first()).toBeEnabled();
  await page.reload();
  await expect(page.getByText(/goes into the survey/)).toBeVisible();

  const over = page.getByText(/Closed by the consumer · survey: completed/);
  let answered = 0;
  await expect(async () => {
    if (await over.isVisible()) return;
    const open = replies.getByRole('button', { disabled: false });
    if ((await open.count()) > 0) {
      await open.first().click({ timeout: 5_000 });
      answered += 1;
    }
    await expect(over).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 40_000 });

  expect(answered).toBeGreaterThan(1);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
  expect(problems).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(
    `a gallery of structured content has no accessibility violation in ${theme}`,
    EVERY_LOOK,
    async ({ page, world }) => {
      await page.emulateMedia({ colorScheme: theme });
      const agent = await startConversation(page, world);
      await agent.say({
        richContent: {
          type: 'carousel',
          padding: 10,
          elements: ['One', 'Two', 'Three'].map((name) =>
            vertical(
              text(name),
              { type: 'map', la: 52.5, lo: 13.4, tooltip: 'Shop' },
              button(`Take ${name}`, { type: 'publishText', text: name }, name),
            ),
          ),
        },
      });
      await agent.say({
        richContent: vertical(
          { ...text('Own colours'), style: { color: '#222222', 'background-color': '#eeeeee' } },
          {
            type: 'tabs',
            elements: [
              { ...vertical(text('left')), tag: 'Left' },
              { ...vertical(text('right')), tag: 'Right' },
            ],
          },
        ),
        quickReplies,
      });
      await expect(messagesOf(page).getByRole('tab', { name: 'Right' })).toBeVisible();

      await expectAccessible(page, 'the messages', 'app-message-list');
    },
  );
}
