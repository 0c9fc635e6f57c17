import type { Page } from '@playwright/test';
import { messagesOf, startConversation, type PlayedAgent } from '../../web/e2e/played-agent.ts';
import { controlEmulator } from '../../web/e2e/webhook-set-up.ts';
import type { Stage, Take } from './stage.ts';
import { write } from './panes.ts';
import { takeStructured, text, vertical } from './structured.ts';

/** What messages can be besides words: structured content, replies, files, a survey. */
export async function takeContent({ page, world, take }: Stage): Promise<void> {
  const agent = await startConversation(page, world);
  await takeStructured(page, take, agent);
  await takeFiles(page, take, agent);
  await takeStrange({ page, world, take }, agent);
  await controlEmulator(world, 'PATCH', 'accounts/demo', { settings: { hasSurvey: true } });
  await takeSurvey(page, take);
}

const SHOE = `<body style="margin:0;display:grid;place-items:center;height:100vh;background:#d8ecff">
  <svg width="420" viewBox="0 0 200 100"><path fill="#1f5fa8" d="M20 70V30l35 5 25 20 70 8q30 4 30 17H20z"/>
  <path fill="#fff" d="M20 78h160v10H20z"/></svg></body>`;

/** A picture of a shoe, in few colours. */
async function drawShoe(page: Page): Promise<Buffer> {
  const canvas = await page.context().newPage();
  await canvas.setViewportSize({ width: 600, height: 400 });
  await canvas.setContent(SHOE);
  const picture = await canvas.screenshot();
  await canvas.close();
  return picture;
}

async function choose(page: Page, buffer: Buffer, ...names: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Share a picture/ }).click();
  await (await chooser).setFiles(names.map((name) => ({ name, mimeType: 'image/png', buffer })));
}

/** An upload on a slow line: it stands still on its way, at the same place in every picture. */
async function takeMidway(page: Page, take: Take): Promise<void> {
  const files = page.getByRole('list', { name: 'Files to send' });
  const uploads = /\/files\?name=/;
  await page.route(uploads, () => undefined);
  await page.evaluate(`{
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      XMLHttpRequest.prototype.send = send;
      send.call(this, body);
      const midway = { lengthComputable: true, loaded: 43, total: 100 };
      setTimeout(() => this.upload.dispatchEvent(new ProgressEvent('progress', midway)));
    };
  }`);
  await files.getByRole('button', { name: 'Retry' }).click();
  await files.getByText('Uploading 43 %').waitFor();
  await take('file-uploading');
  await files.getByRole('button', { name: 'Cancel' }).click();
  await files.getByRole('button', { name: 'Send file' }).waitFor();
  await page.unroute(uploads);
}

/** More than can wait. */
async function takeLeftOut(page: Page, take: Take): Promise<void> {
  const names = Array.from({ length: 13 }, (_, at) => `shoe-${at + 1}.png`);
  await choose(page, await drawShoe(page), ...names);
  const files = page.getByRole('list', { name: 'Files to send' });
  await files.getByText('Not sent yet').nth(9).waitFor();
  await page.getByText('3 files were left out').waitFor();
  await take('files-left-out');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  const remove = files.getByRole('button', { name: /^Remove/ });
  for (let left = names.length - 3; left > 0; left--) await remove.first().click();
  await files.waitFor({ state: 'detached' });
}

async function takeFiles(page: Page, take: Take, agent: PlayedAgent): Promise<void> {
  const messages = messagesOf(page);
  const files = page.getByRole('list', { name: 'Files to send' });
  await choose(page, await drawShoe(page), 'the-shoe-i-mean.png');
  await files.getByRole('textbox', { name: /^Caption/ }).waitFor();
  await take('file-offered');
  const storage = { service: 'swift', method: 'PUT' };
  await agent.faults({ on: 'call', kind: 'status', status: 503, match: storage, count: 1 });
  await files.getByRole('button', { name: 'Send file' }).click();
  await files.getByRole('alert').waitFor();
  await take('file-failed');
  await takeMidway(page, take);
  await agent.faults({ on: 'call', kind: 'delay', ms: 4_000, match: storage, count: 1 });
  await files.getByRole('button', { name: 'Send file' }).click();
  // All bytes have left by then, and the storage takes its time: always the same picture.
  await files.getByText('Waiting for the storage').waitFor();
  // Where the timeline stands beside the chat, it tells of it, too.
  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  if (await timeline.isVisible()) await timeline.getByText('waiting').first().waitFor();
  await take('file-progress');
  await messages.getByRole('button', { name: /^Open the picture/ }).waitFor();
  await choose(page, Buffer.from('just words'), 'notes.png');
  await files.getByText(/content is no PNG, JPG or GIF/).waitFor();
  await take('file-refused');
  await files.getByRole('button', { name: /^Remove/ }).click();
  await takeLeftOut(page, take);
  await messages.getByRole('button', { name: /^Open the picture/ }).click();
  await page.getByRole('dialog', { name: /^Picture/ }).waitFor();
  await take('file-preview');
  await page.keyboard.press('Escape');
  const gone = '/v1/AUTH_async-images/C/demo/img_uuid_00000000-0000';
  await agent.say({
    file: { relativePath: `${gone}.png`, fileType: 'PNG', caption: 'A picture that is gone' },
  });
  await agent.say({
    file: { relativePath: `${gone}.pdf`, fileType: 'PDF', caption: 'Terms and conditions' },
  });
  await messages.getByText('PDF document').waitFor();
  await messages.getByRole('button', { name: 'Open the picture A picture that is gone' }).click();
  await messages.getByRole('alert').waitFor();
  await take('files-of-agent');
}

/** What cannot be shown is said to be just that. */
async function takeStrange({ page, world, take }: Stage, agent: PlayedAgent): Promise<void> {
  const path = `accounts/demo/conversations/${agent.conversationId}/persona`;
  await controlEmulator(world, 'PUT', path, { persona: 'greeter' });
  await write(page, 'form');
  await messagesOf(page).getByText('forms/secure-invitation').waitFor();
  await messagesOf(page).getByText('I have sent you a secure form').waitFor();
  await controlEmulator(world, 'PUT', path, { persona: 'silent' });
  await agent.say({ richContent: vertical(text('Our shop in three dimensions'), { type: 'hologram' }) });
  await messagesOf(page).getByText('elements of type “hologram”').waitFor();
  await take('secure-and-unknown');
}

async function takeSurvey(page: Page, take: Take): Promise<void> {
  await page.getByRole('button', { name: 'Close conversation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close this conversation?' });
  await dialog.getByRole('radio', { name: /let a survey follow/ }).check();
  await take('survey-offered');
  await dialog.getByRole('button', { name: 'Close conversation' }).click();
  await page.getByText(/goes into the survey/).waitFor();
  const replies = messagesOf(page).getByRole('group', { name: 'Quick replies' });
  await replies.last().getByRole('button', { disabled: false }).first().waitFor();
  const asked = await replies.count();
  await take('survey-asked');
  await write(page, 'Quite happy');
  await messagesOf(page).getByText('Quite happy').waitFor();
  // The bot's next words: what goes on before them lasts a moment only.
  await replies.nth(asked).waitFor();
  await take('survey-answered');
}
