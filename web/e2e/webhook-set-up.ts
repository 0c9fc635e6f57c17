import type { Page } from '@playwright/test';
import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';
import type {
  InstallationAnswer,
  InstallationList,
  InstallationView,
  SessionAnswer,
} from '#protocol/bridge-api';
import type { EndpointCheckAnswer } from '#protocol/endpoint-check';
import { expect, type World } from './world.ts';

/** Signs in to the emulator's account and waits for the chat. */
export async function tryItNow(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  // Not by `expect`, which waits 5 s only where no test runs: on a busy machine the pictures need longer.
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

/** The account's connector app, as somebody else would read it. */
export async function connectorApp(page: Page): Promise<InstallationView> {
  const list = (await (await page.request.get('/api/installations')).json()) as InstallationList;
  const app = list.installations.find(({ enabled, scope }) => enabled && scope === 'msg.consumer');
  if (app === undefined) throw new Error('The account has no connector app');
  return app;
}

/** Changes the app behind the page's back, as another administrator would; a disabled one has to be named. */
export async function changeApp(
  page: Page,
  change: Partial<InstallationView>,
  appId: string | null = null,
): Promise<void> {
  const id = appId ?? (await connectorApp(page)).id;
  const read = (await (await page.request.get(`/api/installations/${id}`)).json()) as InstallationAnswer;
  const data = { installation: { ...read.installation, ...change }, revision: read.revision };
  const answer = await page.request.put(`/api/installations/${id}`, { data });
  expect(answer.status()).toBe(200);
}

/** Another app of the account, *Second shop*, whose webhooks come here too. */
export async function createSecondApp(page: Page): Promise<void> {
  const installation = { ...(await connectorApp(page)), client_name: 'Second shop' };
  const answer = await page.request.post('/api/installations', { data: { installation } });
  expect(answer.ok()).toBe(true);
}

/** Points every endpoint of the app to the URL. */
export function pointEndpointsTo(page: Page, url: string): Promise<void> {
  return pointEndpoints(
    page,
    WEBHOOK_EVENT_TYPES.map(() => url),
  );
}

/** Points each endpoint of the app to its URL, in the order of `WEBHOOK_EVENT_TYPES`; `null` leaves it without one. */
export async function pointEndpoints(page: Page, urls: readonly (string | null)[]): Promise<void> {
  const { capabilities } = await connectorApp(page);
  const edited = new Set<string>(WEBHOOK_EVENT_TYPES);
  const kept = Object.entries(capabilities?.webhooks ?? {}).filter(([key]) => !edited.has(key));
  const endpoints = WEBHOOK_EVENT_TYPES.flatMap((type, index) => {
    const url = urls[index] ?? null;
    return url === null ? [] : [[type, { ...capabilities?.webhooks?.[type], endpoint: url }] as const];
  });
  const webhooks: WebhooksCapability = Object.fromEntries([...kept, ...endpoints]);
  await changeApp(page, { capabilities: { ...capabilities, webhooks } });
}

/** The URL that the app's endpoints have now. */
export async function endpointUrl(page: Page): Promise<string> {
  const { capabilities } = await connectorApp(page);
  return capabilities?.webhooks?.['cqm.ExConversationChangeNotification']?.endpoint ?? '';
}

/** Sets how the emulator behaves, as its control API does. */
export async function controlEmulator(
  { emulatorOrigin }: World,
  method: 'PATCH' | 'POST' | 'PUT',
  path: string,
  body: unknown,
): Promise<void> {
  const answer = await fetch(`${emulatorOrigin}/emulator/control/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
}

/** Lets the next reading of the app find a secret that was made in the account meanwhile. */
export async function renewSecret(page: Page, world: World): Promise<void> {
  const app = await connectorApp(page);
  await controlEmulator(world, 'POST', 'faults', {
    ...{ on: 'call', kind: 'status', status: 200 },
    match: { method: 'GET', path: `*/installations/${app.id}` },
    body: { ...app, client_secret: 'renewed-in-the-account' },
  });
}

/**
 * Makes the check find what only an account of LivePerson's own cloud can be told: addresses that are not public, and a change
 * that is not yet in effect. The bridge's answers are changed on their way to the page.
 */
export async function answerCheckAsLivePerson(page: Page): Promise<void> {
  await page.route('**/api/session*', async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as SessionAnswer;
    await route.fulfill({
      response: answer,
      json: { ...session, user: session.user && { ...session.user, ...LIVEPERSON_USER } },
    });
  });
  await page.route('**/api/installations/*/check', async (route) => {
    const answer = await route.fetch();
    const found = (await answer.json()) as EndpointCheckAnswer;
    const [changedAt, inEffectAt] = [found.checkedAt, found.checkedAt + 120_000];
    await route.fulfill({
      response: answer,
      json: {
        ...found,
        findings: [{ kind: 'change-pending', changedAt, inEffectAt }],
        endpoints: found.endpoints.map((each) => ({ ...each, ...NEVER_CALLED })),
      },
    });
  });
}

const LIVEPERSON_USER = {
  ...{ account: '64467156', loginName: 'kim.lee', isEmulated: false },
  environmentHost: 'api.liveperson.net',
} as const;

/** What is refused by its URL alone is not even looked up. */
const NEVER_CALLED = {
  ...{ cause: 'not-public', addresses: [], tls: null, status: null },
  ...{ hasArrived: false, signature: null, missingHeaders: [], durationMs: null, error: null },
} as const;
