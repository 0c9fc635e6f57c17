import type { Page } from '@playwright/test';
import { StrangeHosts } from '../../web/e2e/strange-hosts.ts';
import {
  answerCheckAsLivePerson,
  changeApp,
  connectorApp,
  controlEmulator,
  endpointUrl,
  pointEndpoints,
  renewSecret,
  tryItNow,
} from '../../web/e2e/webhook-set-up.ts';
import type { Stage, Take } from './stage.ts';

/** The four steps, and what each says when something is not in place. */
export async function takeSetUp(stage: Stage): Promise<void> {
  await tryItNow(stage.page);
  await takeSteps(stage);
  await takeChecks(stage);
  await takeObstacles(stage);
}

const step = (page: Page, name: string): Promise<unknown> => page.goto(`/setup?step=${name}`);

async function takeSteps({ page, take }: Stage): Promise<void> {
  await page.goto('/setup');
  for (const name of ['messaging', 'app', 'endpoints']) {
    const next = page.getByRole('button', { name: 'Next', exact: true });
    await page.locator('button:has-text("Next"):not([aria-disabled="true"])').waitFor();
    await take(name, name === 'endpoints' ? 'page' : 'window');
    if (name === 'endpoints') await takeTyped(page, take);
    await next.click();
  }
  await page.getByText('Everything is in place.').waitFor();
  await take('check', 'page');
}

async function takeTyped(page: Page, take: Take): Promise<void> {
  const messages = page.getByRole('textbox', { name: 'Messages', exact: true });
  await messages.fill('http://example.com/in');
  await page.getByRole('button', { name: /^(Save|Next)/ }).click();
  await page.getByText('The emulator posts only to this machine. Enter this server’s URL, or').waitFor();
  await take('endpoints-mistake');
  await page.getByRole('link', { name: 'Headers and retries of Messages' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.waitFor();
  await take('leave');
  await question.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Revert' }).click();
}

/** Each of the five endpoints fails in a way of its own. */
async function takeChecks({ page, world, take }: Stage): Promise<void> {
  await using hosts = new StrangeHosts();
  const right = await endpointUrl(page);
  const check = async (screen: string, urls: readonly (string | null)[], last: string): Promise<void> => {
    await pointEndpoints(page, urls);
    await step(page, 'check');
    await page.getByText(last, { exact: true }).first().waitFor();
    await take(screen, 'page');
  };
  const wrong = right.replace('/event', '/evnt');
  const nobody = 'http://localhost:9/notifications/event';
  const elsewhere = [await hosts.answering(200), await hosts.answering(500)];
  await check('check-addresses', [wrong, nobody, ...elsewhere, 'https://hooks.example.com/in'], 'Wrong path');
  const tls = [
    await hosts.selfSigned(),
    await hosts.ofUnknownAuthority(),
    world.origin.replace('http:', 'https:'),
  ];
  await check('check-tls', [...tls, right, null], 'No endpoint');
  const tampered = [
    await hosts.proxy(right, { delayMs: 2_600 }),
    await hosts.proxy(right, { without: 'x-liveperson-signature' }),
    await hosts.proxy(right, { body: (body) => Buffer.concat([body, Buffer.from(' ')]) }),
  ];
  const redirect = await hosts.answering(302, { location: 'https://example.com/' });
  await check('check-ways', [...tampered, redirect, await hosts.hangingUp()], 'Arrives slowly');
  await pointEndpoints(page, [right, right, right, right, right]);
}

/** What is wrong besides the endpoints. */
async function takeObstacles(stage: Stage): Promise<void> {
  const { page, world, take } = stage;
  await controlEmulator(world, 'PATCH', 'accounts/demo', { isMessagingEnabled: false });
  await step(page, 'messaging');
  await page.getByText('Messaging is off').waitFor();
  await take('messaging-off');
  await controlEmulator(world, 'PATCH', 'accounts/demo', { isMessagingEnabled: true });
  await step(page, 'check');
  await page.getByText('Everything is in place.').waitFor();
  await takeDisabled(stage);
  await answerCheckAsLivePerson(page);
  await step(page, 'check');
  await page.getByText('Not yet in effect').waitFor();
  await take('check-at-liveperson', 'page');
  await page.unrouteAll();
  await step(page, 'check');
  await page.getByText('Everything is in place.').waitFor();
  await renewSecret(page, world);
  await checkAgain(page, 'Renewed');
  await take('check-secret-renewed', 'page');
}

async function takeDisabled({ page, take }: Stage): Promise<void> {
  const { id } = await connectorApp(page);
  await changeApp(page, { enabled: false });
  await checkAgain(page, 'Disabled');
  await take('check-app-disabled', 'page');
  await step(page, 'app');
  await page.getByText('No enabled connector app').waitFor();
  await take('no-app');
  await changeApp(page, { enabled: true }, id);
  await step(page, 'check');
  await page.getByText('Everything is in place.').waitFor();
}

async function checkAgain(page: Page, verdict: string): Promise<void> {
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByText(verdict).first().waitFor();
}
