import type { Page } from '@playwright/test';
import { answerFirstMessage } from '../../web/e2e/first-message.ts';
import { changeAnswer } from './answers.ts';
import type { Stage, Take, Walk } from './stage.ts';

/** What stands around every page: menu, palette, keys, connection, warnings, toasts, lost pages. */
export const takeFrame: Walk = async (stage) => {
  const { page, take } = stage;
  await page.goto('/');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Theme: dark' }).waitFor();
  await take('menu-signed-out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try it now' }).waitFor();
  await answerFirstMessage(page);
  await takeMenus(page, take);
  await takeConnection(page, take);
  await takeErrors(page, take);
  await takeWarning(stage);
};

async function takeMenus(page: Page, take: Take): Promise<void> {
  await page.goto('/apps');
  await page.getByText('Demo connector').first().waitFor();
  await page.getByRole('button', { name: /menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await take('menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard map' }).waitFor();
  await take('keyboard-map');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find a page, an app or a command' });
  await page
    .getByRole('option', { name: /Demo connector/ })
    .first()
    .waitFor();
  await take('palette');
  await field.fill('zzz');
  await page.getByText('Nothing matches').waitFor();
  await take('palette-nothing');
  await page.keyboard.press('Escape');
}

async function takeConnection(page: Page, take: Take): Promise<void> {
  const chip = page.getByRole('button', { name: /^Connection/ });
  await page.getByText('Live', { exact: true }).first().waitFor();
  await chip.click();
  await take('connection-live');
  await page.route('**/api/events*', (route) => route.abort());
  await page.goto('/apps');
  await page
    .getByText(/^Reconnecting/)
    .first()
    .waitFor();
  await page.getByText('Demo connector').first().waitFor();
  await chip.click();
  await take('connection-reconnecting');
  await page.context().setOffline(true);
  await page.getByText('Offline', { exact: true }).first().waitFor();
  await take('connection-offline');
  await page.context().setOffline(false);
  await page.unroute('**/api/events*');
}

async function takeErrors(page: Page, take: Take): Promise<void> {
  await page.goto('/nowhere?at=all');
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
  await take('not-found');
  await page.goto('/apps');
  await page.getByText('Demo connector').first().waitFor();
  // A defect that nobody caught; reportError is the browser's own way to tell one.
  await page.evaluate(`reportError(new Error("Cannot read properties of undefined"))`);
  await page.getByRole('alert').getByText('Copy the details').waitFor();
  await take('error-toast');
}

async function takeWarning({ page, take }: Stage): Promise<void> {
  let expiresInMs = 100_000;
  await changeAnswer(page, '**/api/session?peek', () => ({ expiresInMs }));
  await page.goto('/apps');
  await page.getByRole('alertdialog', { name: 'Your session is about to end' }).waitFor();
  await take('session-warning');
  await changeAnswer(page, '**/api/session', () => ({ expiresInMs }));
  expiresInMs = 60_000;
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await page.getByRole('alertdialog', { name: 'Your session has reached its longest life' }).waitFor();
  await take('session-longest-life');
}
