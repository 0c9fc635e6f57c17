import type { Page } from '@playwright/test';

import { isMessageChange } from '#protocol/webhook-notification';

import type { World } from './world.ts';

/** What an agent can be made to say; `server/emulator/control/openapi.json` has it all. */
export type Saying = Readonly<Record<string, unknown>>;

/** An agent that does only what the test says, in a conversation that the page has opened. */
export interface PlayedAgent {
  readonly conversationId: string;
  say(saying: Saying): Promise<{ readonly sequence: number }>;
  /** Lets another persona answer in this conversation from now on. */
  persona(name: string): Promise<void>;
  /** Closes everything, without a survey. */
  close(): Promise<void>;
  /** What the consumer has written, as the cloud has it. */
  told(): Promise<readonly string[]>;
  /** Makes something go wrong from now on. */
  faults(fault: Saying): Promise<void>;
  /** Nothing goes wrong any more. */
  endFaults(): Promise<void>;
}

const MESSAGES = { name: 'Messages' } as const;

export const messagesOf = (page: Page) => page.getByRole('log', MESSAGES);

/** From the sign-in page to an open conversation in which nobody answers but the test. */
export async function startConversation(
  page: Page,
  world: World,
  settings: Saying = {},
): Promise<PlayedAgent> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it now' }).click();
  const field = page.getByRole('textbox', { name: 'Message' });
  // As patient as `tryItNow`.
  await field.waitFor();
  await control(world, 'PATCH', '/accounts/demo', {
    settings: { persona: 'silent', hasSurvey: false, ...settings },
  });
  await field.fill('Hello');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL(/\/chat\/[\w-]+/);
  // Before it has left, an agent who closes at once would have it refused.
  await messagesOf(page)
    .getByText(/sent|accepted|read/)
    .first()
    .waitFor();
  const conversationId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const path = `/accounts/demo/conversations/${conversationId}`;
  return {
    conversationId,
    say: async (saying) => (await control(world, 'POST', `${path}/say`, saying)) as { sequence: number },
    async persona(name) {
      await control(world, 'PUT', `${path}/persona`, { persona: name });
    },
    async close() {
      await control(world, 'POST', `${path}/close`, { everything: true });
    },
    told: () => consumerTexts(page, conversationId),
    async faults(fault) {
      await control(world, 'POST', '/faults', fault);
    },
    async endFaults() {
      await control(world, 'DELETE', '/faults');
    },
  };
}

/** By way of the bridge, which asks the cloud's history. */
async function consumerTexts(page: Page, conversationId: string): Promise<readonly string[]> {
  const answer = await page.request.get(`/api/conversations/${conversationId}/history`);
  const { changes } = (await answer.json()) as { readonly changes: readonly unknown[] };
  return changes
    .filter(isMessageChange)
    .filter(({ originatorMetadata }) => originatorMetadata?.role === 'CONSUMER')
    .flatMap(({ event }) => (typeof event['message'] === 'string' ? event['message'] : []));
}

/** Turns the emulator; `server/emulator/control/openapi.json` has how. */
export async function control(world: World, method: string, path: string, body?: Saying): Promise<unknown> {
  const answer = await fetch(`${world.emulatorOrigin}/emulator/control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}
