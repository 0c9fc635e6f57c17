import type { Page } from '@playwright/test';

const MESSAGE = 'Hello, is anybody there?';
/** What the emulator's greeter answers to it, at the end. */
const ANSWER = /How can I help\?/;

/** From the open sign-in page to a message that the emulator's agent has read and answered. */
export async function answerFirstMessage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(MESSAGE);
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  const messages = page.getByRole('log', { name: 'Messages' });
  await messages.getByText(ANSWER).waitFor();
  await messages
    .getByText(/\bread\b/)
    .first()
    .waitFor();
}
