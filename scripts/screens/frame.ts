import type { Page } from '@playwright/test';
import { answerFirstMessage } from '../../web/e2e/first-message.ts';
import { changeAnswer } from './answers.ts';
import type { Stage, Take, Walk } from './stage.ts';

/** What stands around every page: menu, palette, keys, connection, warnings, toasts, lost pages. */
export const takeFrame: Walk = async (stage) => {
  const { page, take } = stage;
  await page.goto('/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitemradio', { name: 'Theme: dark' }).waitFor();
  await take('menu-signed-out');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try it now' }).waitFor();
  await answerFirstMessage(page);
  await takeSignOut(page, take);
  await takeMenus(page, take);
  await takeConnection(page, take);
  await takeErrors(page, take);
  await takeWarning(stage);
};

async function takeSignOut(page: Page, take: Take): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill('Not yet');
  await page.getByRole('button', { name: /menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const question = page.getByRole('dialog', { name: 'Sign out without sending?' });
  await question.waitFor();
  await take('sign-out');
  await question.getByRole('button', { name: 'Stay' }).click();
  await field.fill('');
}

async function takeMenus(page: Page, take: Take): Promise<void> {
  await page.goto('/apps');
  await page.getByText('Demo connector').first().waitFor();
  await page.getByRole('button', { name: /menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  await take('menu');
  await page.keyboard.press('Escape');
  // Keys are the menu's own until it has gone.
  await page.getByRole('menu').waitFor({ state: 'hidden' });
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
  await field.fill('about');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'About Connector API demo' }).waitFor();
  await take('about');
  await page.keyboard.press('Escape');
}

async function takeConnection(page: Page, take: Take): Promise<void> {
  const chip = page.getByRole('button', { name: /^Connection/ });
  await page.getByText('Live', { exact: true }).first().waitFor();
  await chip.click();
  await take('connection-live');
  await chip.click();
  // The stream was heard before it was lost, and long enough ago to be told in seconds.
  await page.route('**/api/events*', (route) => route.abort());
  await page.context().setOffline(true);
  await page.getByText('Offline', { exact: true }).first().waitFor();
  await chip.click();
  await page.getByText(/Last sign of life ([5-9]|\d\d+) s ago/).waitFor();
  await take('connection-offline');
  await page.context().setOffline(false);
  await page
    .getByText(/Reconnecting\D+([5-9]|\d\d+)/)
    .first()
    .waitFor();
  await take('connection-reconnecting');
  await page.unroute('**/api/events*');
  await takeBacklog(page, take);
}

/** A stream that stops where a real one goes on at once: in the middle of a backlog, and after a gap was told. */
async function takeBacklog(page: Page, take: Take): Promise<void> {
  const chip = page.getByRole('button', { name: /^Connection/ });
  const entry = (sequence: number) => ({ sequence, at: 0, conversationId: null, kind: 'of-a-newer-bridge' });
  const backlog = Array.from({ length: 38 }, (_, at) => ['entry', entry(at + 1)] as const);
  const told = {
    'catching-up': backlog,
    gap: [['gap', { missed: 412, oldest: 413 }] as const],
  };
  await page.addInitScript(PLAYED_STREAM);
  for (const [name, events] of Object.entries(told)) {
    const played = JSON.stringify(JSON.stringify(events));
    await page.evaluate(`sessionStorage.setItem('played-stream', ${played})`);
    await page.goto('/apps');
    await page.getByText('Demo connector').first().waitFor();
    await page
      .getByText(name === 'gap' ? 'Gap (' : 'Catching up (')
      .first()
      .waitFor();
    await chip.click();
    await take(`connection-${name}`);
  }
  await page.evaluate(`sessionStorage.removeItem('played-stream')`);
}

/** Runs in the page: the stream gives what is written down, as long as something is. */
const PLAYED_STREAM = `
  const played = sessionStorage.getItem('played-stream');
  if (played !== null) window.EventSource = class extends EventTarget {
    readyState = 1;
    constructor() {
      super();
      setTimeout(() => {
        this.onopen?.();
        for (const [name, data] of JSON.parse(played)) {
          this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
        }
      });
    }
    close() {}
  };`;

async function takeErrors(page: Page, take: Take): Promise<void> {
  await page.goto('/nowhere?at=all');
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
  await take('not-found');
  await page.goto('/apps');
  await page.getByText('Demo connector').first().waitFor();
  // A defect that nobody caught; reportError is the browser's own way to tell one.
  await page.evaluate(`reportError(new Error("Cannot read properties of undefined"))`);
  await page.getByRole('alert').getByText('Copy details').waitFor();
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
  await page.getByRole('alertdialog', { name: 'Your session ends soon' }).waitFor();
  await take('session-longest-life');
}
