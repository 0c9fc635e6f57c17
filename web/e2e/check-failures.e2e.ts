import type { Locator, Page } from '@playwright/test';
import { EVERY_LOOK, LOOKS, expectAccessible, expectNoSidewaysScroll } from './page-checks.ts';
import { StrangeHosts } from './strange-hosts.ts';
import {
  answerCheckAsLivePerson,
  connectorApp,
  controlEmulator,
  endpointUrl,
  pointEndpoints,
  tryItNow,
} from './webhook-set-up.ts';
import { expect, startWorld, test } from './world.ts';

const line = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });

/** Points each endpoint to its URL and opens the check. */
async function check(page: Page, urls: readonly (string | null)[]): Promise<void> {
  await pointEndpoints(page, urls);
  await openCheck(page);
}

async function openCheck(page: Page): Promise<void> {
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/setup?step=check`);
}

test('what happens on the way is told apart: slow, unsigned, changed, redirected, hung up', async ({
  page,
}) => {
  await using hosts = new StrangeHosts();
  await tryItNow(page);
  const right = await endpointUrl(page);
  await check(page, [
    await hosts.proxy(right, { delayMs: 2_600 }),
    await hosts.proxy(right, { without: 'x-liveperson-signature' }),
    await hosts.proxy(right, { body: (body) => Buffer.concat([body, Buffer.from(' ')]) }),
    await hosts.answering(302, { location: 'https://example.com/' }),
    await hosts.hangingUp(),
  ]);

  await expect(line(page, 'Conversation changes')).toContainText('Arrives slowly');
  await expect(line(page, 'Messages')).toContainText('Signature refused');
  await expect(line(page, 'Structured content')).toContainText('Changed on the way');
  await expect(line(page, 'Accept statuses')).toContainText('Redirects');
  await expect(line(page, 'Chat states')).toContainText('Connection broke');
  await expect(line(page, 'Messages')).toContainText('without the header X-Liveperson-Signature');
  await expect(page.getByRole('status').filter({ hasText: '5 things are not in place.' })).toContainText(
    'Refused here: Messages and Structured content. Not arriving here: Accept statuses and Chat states. Slow: Conversation changes.',
  );
});

test('each wrong certificate is named with what is wrong with it', async ({ page }, testInfo) => {
  const authority = testInfo.outputPath('authority.pem');
  await StrangeHosts.writeAuthority(authority);
  await using world = await startWorld({ NODE_EXTRA_CA_CERTS: authority });
  await using hosts = new StrangeHosts();
  await page.goto(world.origin);
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  const app = (await (await page.request.get(`${world.origin}/api/installations`)).json()) as {
    readonly installations: readonly { readonly id: string; readonly enabled: boolean }[];
  };
  const id = app.installations.find(({ enabled }) => enabled)?.id ?? '';
  await page.goto(`${world.origin}/apps/${id}/setup?step=endpoints`);
  const urls = {
    'Conversation changes': await hosts.selfSigned(),
    Messages: await hosts.ofUnknownAuthority(),
    'Structured content': await hosts.expired(),
    'Accept statuses': await hosts.ofAnotherHost(),
  };
  for (const [name, url] of Object.entries(urls)) {
    await page.getByRole('textbox', { name, exact: true }).fill(url);
  }
  await page.getByRole('button', { name: 'Save and continue' }).click();

  await expect(line(page, 'Conversation changes')).toContainText('self-signed');
  await expect(line(page, 'Messages')).toContainText('the intermediate certificate is missing');
  await expect(line(page, 'Structured content')).toContainText('Certificate expired');
  await expect(line(page, 'Accept statuses')).toContainText('Certificate of another host');
  await expect(line(page, 'Chat states')).toContainText('Arrives');
});

test('messaging that is off stops the set-up, and goes on when it was switched on', async ({
  page,
  world,
}) => {
  await tryItNow(page);
  await controlEmulator(world, 'PATCH', 'accounts/demo', { isMessagingEnabled: false });
  await openCheck(page);

  await expect(page.getByText('Messaging is off')).toBeVisible();
  await expect(page.getByText('Common.Async_Messaging')).toBeVisible();
  await expectAccessible(page, 'messaging off');
  await controlEmulator(world, 'PATCH', 'accounts/demo', { isMessagingEnabled: true });
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('Everything is in place.')).toBeVisible();
});

test('an address that is not public and a change not yet in effect are named with their remedies', async ({
  page,
}) => {
  await tryItNow(page);
  await answerCheckAsLivePerson(page);
  await openCheck(page);

  await expect(line(page, 'Messages')).toContainText('Not public');
  await expect(line(page, '5 endpoints')).toContainText('Start a tunnel to this server');
  await expect(page.getByText('Start a tunnel to this server')).toHaveCount(1);
  await expect(line(page, 'Latest change')).toContainText('Not yet in effect');
  await expect(line(page, 'Latest change')).toContainText('Run the check again after');
});

test('a press on “Save and continue” is not lost to the mistake that it brings to light', async ({
  page,
}) => {
  await tryItNow(page);
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/setup?step=endpoints`);
  const first = page.getByRole('textbox', { name: 'Conversation changes', exact: true });
  await first.fill('http://example.com/in');
  const save = page.getByRole('button', { name: 'Save and continue' });
  await save.scrollIntoViewIfNeeded();
  const box = await save.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 3);
  await page.mouse.down();
  // What the press brings about is drawn before the button is let go.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await page.mouse.up();

  await expect(first).toBeFocused();
  await expect(
    page.getByText(
      'The emulator posts only to this machine. Enter this server’s URL, or your connector’s on localhost.',
    ),
  ).toBeVisible();
});

for (const { name, colorScheme, contrast } of LOOKS) {
  test(
    `axe finds nothing on a check with failures in ${name}, nor is it cut off at 390 px`,
    EVERY_LOOK,
    async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (contrast !== null) await page.addInitScript(() => localStorage.setItem('contrast', 'more'));
      await using hosts = new StrangeHosts();
      await tryItNow(page);
      await check(page, [
        await hosts.selfSigned(),
        await hosts.answering(200),
        await hosts.answering(404),
        null,
        null,
      ]);
      await expect(line(page, 'Structured content')).toContainText('Wrong path');
      await expectAccessible(page, 'a check with failures');

      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
    },
  );
}

test('typed endpoints are not left without a question, and the palette opens while typing', async ({
  page,
}) => {
  await tryItNow(page);
  const { id } = await connectorApp(page);
  await page.goto(`/apps/${id}/setup?step=endpoints`);
  const messages = page.getByRole('textbox', { name: 'Messages', exact: true });
  await messages.fill('https://connector.example.com/in');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Headers and retries of Messages' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expectAccessible(page, 'leaving the set-up');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(messages).toHaveValue('https://connector.example.com/in');
  await page.getByRole('link', { name: 'Headers and retries of Messages' }).click();
  await question.getByRole('button', { name: 'Leave and discard' }).click();

  await expect(page.getByRole('tab', { name: 'Webhooks', selected: true })).toBeVisible();
});
