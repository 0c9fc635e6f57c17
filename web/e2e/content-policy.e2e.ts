import type { Page } from '@playwright/test';

import { messagesOf, startConversation } from './played-agent.ts';
import { connectorApp } from './webhook-set-up.ts';
import { expect, test } from './world.ts';

const CAROUSEL = {
  type: 'carousel',
  padding: 10,
  elements: ['Blue', 'Red', 'Green'].map((title) => ({
    type: 'vertical',
    elements: [
      { type: 'text', text: `${title} <b>shoe</b>\nsize 42` },
      {
        type: 'button',
        title: `Take ${title} <i>now</i>`,
        click: { actions: [{ type: 'publishText', text: title }] },
      },
    ],
  })),
};

test('no screen breaks the content policy, and the policy stops what would', async ({ page, world }) => {
  test.slow();
  const violations = await collectViolations(page);
  const agent = await startConversation(page, world);
  await agent.say({ richContent: CAROUSEL });
  await expect(messagesOf(page).getByRole('button', { name: 'Take Blue <i>now</i>' })).toBeVisible();
  for (const tab of [/Webhooks/, /Requests/, /State/, /Timeline/]) {
    await page.getByRole('tab', { name: tab }).click();
  }
  const { client_id: app } = await connectorApp(page);
  // Stands in the app's own frame only, not in what the page begins with.
  const userMenu = page.getByRole('button', { name: /^demo ·/ });
  for (const path of [
    '/apps',
    '/apps/new',
    `/apps/${app}/edit`,
    '/setup',
    `/apps/${app}/setup`,
    '/nowhere',
  ]) {
    await page.goto(path);
    await expect(userMenu).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await page.goto('/apps');
  await expect(userMenu).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard map' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.press('Escape');
  await userMenu.click();
  await expect(page.getByRole('menuitemradio', { name: 'Theme: dark' })).toBeVisible();
  await page.keyboard.press('Escape');

  expect(violations).toEqual([]);
  await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<img src="x">';
    } catch {
      // Refused: the list of violations says so.
    }
  });
  await expect.poll(() => violations).toEqual(['require-trusted-types-for']);
});

/** What the browser refused because of the policy, from the first page on. */
async function collectViolations(page: Page): Promise<readonly string[]> {
  const violations: string[] = [];
  await page.exposeFunction('tellViolation', (directive: string) => violations.push(directive));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      (window as unknown as { tellViolation: (directive: string) => void }).tellViolation(effectiveDirective);
    });
  });
  return violations;
}
