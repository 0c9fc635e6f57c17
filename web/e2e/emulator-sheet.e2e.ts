import { expectAccessible } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { startEndpoint } from './played-endpoint.ts';
import {
  changeApp,
  connectorApp,
  controlEmulator,
  createSecondApp,
  endpointUrl,
  pointEndpointsTo,
} from './webhook-set-up.ts';
import { expect, test } from './world.ts';

test('the emulator’s knobs: the agent acts in sight of the chat, and faults happen as often as they were asked for', async ({
  page,
  world,
  problems,
}) => {
  await startConversation(page, world);
  const messages = messagesOf(page);
  const open = page.getByRole('button', { name: 'Emulator controls' });
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await open.click();
  await expect(sheet.getByRole('heading', { name: 'Emulator' })).toBeFocused();

  await sheet.getByRole('button', { name: 'Type', exact: true }).click();
  await expect(messages.getByText('Agent is typing…')).toBeVisible();
  await sheet.getByLabel('The agent says').fill('How can I help?');
  await page.keyboard.press('Enter');
  await expect(messages.getByText('How can I help?')).toBeVisible();
  await sheet.getByRole('button', { name: 'Send a card' }).click();
  await expect(messages.getByRole('button', { name: 'Add to cart' })).toBeVisible();

  await sheet.getByRole('tab', { name: 'Faults' }).click();
  await sheet.getByLabel('What goes wrong').selectOption('Its webhook comes twice');
  await sheet.getByLabel('How often').selectOption('3 times');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  const faults = sheet.getByRole('list', { name: 'In force' }).getByRole('listitem');
  await expect(faults).toHaveText([/comes twice/]);
  await sheet.getByLabel('What goes wrong').selectOption('The cloud answers 500');
  await sheet.getByLabel('How often').selectOption('Once');
  await sheet.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(faults).toHaveText([/comes twice\s*3 more/, /500\s*1 more/]);
  await expectAccessible(page, 'the sheet', 'app-emulator-sheet');

  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Are you there?');
  await page.keyboard.press('Enter');
  await messages.getByRole('button', { name: 'Send as a new message' }).click();
  await expect(messages.getByText(/^sent\b/).last()).toBeVisible();
  await expect(faults).toHaveText([/comes twice\s*2 more/]);
  await sheet.getByRole('button', { name: /^Remove: Its webhook/ }).click();
  await expect(faults).toHaveText(['Nothing goes wrong on purpose.']);
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();
  // Of the line at the bottom it is what stays longest.
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(open).toBeInViewport({ ratio: 1 });
  expect(problems.filter((problem) => !problem.includes('502'))).toEqual([]);
});

test('somebody’s own connector that does not take its webhooks: the sheet tells each try, and what to do', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  const tries = sheet.getByRole('list', { name: 'Latest tries' }).getByRole('listitem');
  await expect(tries.filter({ hasText: 'Delivered' }).first()).toContainText('200 in');
  await sheet.getByLabel('Only what failed').check();
  await expect(tries).toHaveText([/Nothing failed/]);

  const own = await endpointUrl(page);
  const endpoint = await startEndpoint();
  try {
    await pointEndpointsTo(page, endpoint.url);
    await agent.say({ text: 'Do you hear me?' });

    const refused = tries.filter({ hasText: 'ContentEvent' }).first();
    await expect(refused).toContainText(/Attempt 1: 500 in \d+ ms/);
    await expect(refused.getByTitle(endpoint.url)).toBeVisible();
    await expect(sheet).toContainText('The last webhook was answered 500');
    await expect(sheet).toContainText('Only 200 and 201 count as taken');
    await expectAccessible(page, 'the sheet', 'app-emulator-sheet');
  } finally {
    await endpoint[Symbol.asyncDispose]();
  }

  await agent.say({ text: 'And now?' });
  await expect(tries.filter({ hasText: 'connection refused' }).first()).toBeVisible();
  await expect(sheet).toContainText('Nothing listens there');

  await pointEndpointsTo(page, own);
  const lost = tries.filter({ hasText: 'ContentEvent' }).filter({ hasText: 'connection refused' });
  await expect(lost).toHaveText([/Lost/]);
  await lost.getByRole('button', { name: /^Redeliver/ }).click();
  await expect(lost).toHaveText([/Lost, redelivered.*Redelivery 1 was taken at \d/]);
  await expect(messagesOf(page).getByText('And now?')).toBeVisible();
  await expectAccessible(page, 'the sheet', 'app-emulator-sheet');
  expect(problems).toEqual([]);
});

test('a webhook is redelivered: the app’s own endpoint knows it, another refuses it, and a disabled app gets none', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await agent.say({ text: 'Did you get this?' });
  const { id } = await connectorApp(page);
  const own = await endpointUrl(page);
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  const tries = sheet.getByRole('list', { name: 'Latest tries' }).getByRole('listitem');
  // The consumer’s and the agent’s.
  await expect(tries.filter({ hasText: 'ContentEvent' })).toHaveCount(2);
  const text = tries.filter({ hasText: 'ContentEvent' }).filter({ hasText: 'Attempt 1' }).first();
  // Between them what the consumer has read may come.
  const redelivered = tries.filter({ hasText: 'Redelivery' });
  const again = text.getByRole('button', { name: /^Redeliver ContentEvent of / });

  await again.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(redelivered.first()).toContainText(/Delivered.*Redelivery 2: 200 in/);
  await expect(redelivered.nth(1)).toContainText(/Delivered.*Redelivery 1: 200 in/);
  await expect(again).toBeFocused();
  await expect(sheet.getByRole('status')).toHaveText(/^ContentEvent: Redelivery [12]: 200 in/);
  await expect(messagesOf(page).getByText('Did you get this?')).toHaveCount(1);
  await expect(page.getByText('2 duplicates', { exact: true })).toBeVisible();

  // However far down one looks, what was told and the way out stay in sight.
  await tries.last().scrollIntoViewIfNeeded();
  await expect(sheet.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 });
  await expect(sheet.getByRole('status')).toBeInViewport({ ratio: 1 });

  await using endpoint = await startEndpoint();
  await pointEndpointsTo(page, endpoint.url);
  await again.click();
  await expect(redelivered.first()).toContainText(/Not taken.*Redelivery 3: 500 in/);
  await expect(redelivered.first().getByTitle(endpoint.url)).toBeVisible();
  await pointEndpointsTo(page, own);

  await changeApp(page, { enabled: false }, id);
  await page.setViewportSize({ width: 390, height: 844 });
  await again.click();
  await expect(sheet.getByRole('alert')).toContainText('The webhook was not redelivered');
  await expect(sheet.getByRole('alert')).toContainText('The app is disabled');
  await expectAccessible(page, 'the sheet', 'app-emulator-sheet');
  expect(problems.filter((problem) => !problem.includes('409'))).toEqual([]);
});

test('of two apps that get the same webhook, the sheet says which is which, also to redeliver it', async ({
  page,
  world,
  problems,
}) => {
  const agent = await startConversation(page, world);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  const tries = sheet.getByRole('list', { name: 'Latest tries' }).getByRole('listitem');
  await expect(tries.filter({ hasText: 'ContentEvent' })).toHaveCount(1);
  await expect(tries.filter({ hasText: 'Demo connector' })).toHaveCount(0);

  await createSecondApp(page);
  await agent.say({ text: 'Heard by both' });
  const second = tries.filter({ hasText: 'Second shop' }).filter({ hasText: 'ContentEvent' });
  await expect(second).toHaveCount(1);
  // What was sent before, too: the consumer’s message and the agent’s.
  const first = tries.filter({ hasText: 'Demo connector' }).filter({ hasText: 'ContentEvent' });
  await expect(first).toHaveCount(2);

  await second.getByRole('button', { name: /^Redeliver ContentEvent of .* for Second shop$/ }).click();
  const redelivered = tries.filter({ hasText: 'Redelivery' });
  await expect(redelivered).toHaveText([/Redelivery 1: 200 in.*Second shop/]);
  await expectAccessible(page, 'the sheet', 'app-emulator-sheet');
  expect(problems).toEqual([]);
});

test('a webhook of before the emulator began anew is not redelivered: the sheet says that it is no longer known', async ({
  page,
  world,
  problems,
}) => {
  await startConversation(page, world);
  await page.getByRole('button', { name: 'Emulator controls' }).click();
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  await sheet.getByRole('tab', { name: 'Deliveries' }).click();
  const tries = sheet.getByRole('list', { name: 'Latest tries' }).getByRole('listitem');
  const text = tries.filter({ hasText: 'ContentEvent' });
  await expect(text).toHaveCount(1);

  // The list on the screen stays the one of before.
  const list: unknown = await (await page.request.get('/api/emulator/deliveries')).json();
  await page.route('**/api/emulator/deliveries', (route) => route.fulfill({ json: list }));
  const state: unknown = await (await fetch(`${world.emulatorOrigin}/emulator/control/state`)).json();
  await controlEmulator(world, 'PUT', 'state', state);
  await text.getByRole('button', { name: /^Redeliver/ }).click();

  await expect(sheet.getByRole('alert')).toContainText('This webhook is no longer known');
  await expect(sheet.getByRole('alert')).toContainText('Choose one from the list as it is now');
  await page.unroute('**/api/emulator/deliveries');
  await expect(tries).toHaveText([/No webhook was sent yet/]);
  expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
});

test('the account’s survey: off, a conversation closed with survey ends at once; on again, the next one has its survey', async ({
  page,
  world,
  problems,
}) => {
  await startConversation(page, world, { hasSurvey: true });
  const open = page.getByRole('button', { name: 'Emulator controls' });
  const sheet = page.getByRole('dialog', { name: 'Emulator' });
  const survey = sheet.getByRole('switch', { name: 'Survey after a conversation ends' });
  const closeWithSurvey = sheet.getByRole('button', { name: 'Close with survey' });
  await open.click();
  await expect(survey).toBeChecked();
  await sheet.getByRole('button', { name: 'Join', exact: true }).click();
  await survey.uncheck();
  await expect(sheet.getByRole('status')).toHaveText('No survey follows any more');
  await closeWithSurvey.click();
  await expect(sheet).toContainText('This conversation is closed');
  await sheet.getByRole('button', { name: 'Close', exact: true }).click();

  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await expect(page.locator('app-start-panel')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Message', exact: true });
  await field.fill('And now?');
  await field.press('Enter');
  await expect(messagesOf(page).getByText('And now?')).toBeVisible();
  // Before it has left, an agent who closes at once would have it refused.
  await expect(
    messagesOf(page)
      .getByText(/sent|accepted|read/)
      .first(),
  ).toBeVisible();
  await open.click();
  await expect(survey).not.toBeChecked();
  await survey.check();
  await expect(sheet.getByRole('status')).toHaveText('A survey may follow from now on');
  await sheet.getByRole('button', { name: 'Join', exact: true }).click();
  await closeWithSurvey.click();
  await expect(page.getByText('What you write now goes into the survey')).toBeVisible();
  await expectAccessible(page, 'the sheet', 'app-emulator-sheet');
  expect(problems).toEqual([]);
});
