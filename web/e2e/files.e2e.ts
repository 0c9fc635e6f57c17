import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expectAccessible } from './page-checks.ts';
import { messagesOf, startConversation } from './played-agent.ts';
import { expect, test } from './world.ts';

/** A real PNG of 2 × 2 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP4z8DAAMIM////ZwAAHu8E/KPItPcAAAAASUVORK5CYII=',
  'base64',
);
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG });

const choose = async (
  page: Page,
  ...files: readonly { name: string; mimeType: string; buffer: Buffer }[]
) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Share a picture/ }).click();
  await (await chooser).setFiles([...files]);
};

const toSend = (page: Page) => page.getByRole('list', { name: 'Files to send' });

/** Where the storage has a file. */
const STORED = /\/v1\/AUTH_async-images\/[^\s?"]+/;

test('a file that waits is there after a look at Apps, and closing the page asks', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  const url = page.url();
  await choose(page, picture('cat.png'));
  await toSend(page).getByRole('textbox', { name: 'Caption of cat.png' }).fill('My cat');

  await page.getByRole('link', { name: 'Apps', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  await page.getByRole('link', { name: 'Workbench', exact: true }).click();
  await expect(page).toHaveURL(url);
  await expect(toSend(page).getByRole('textbox', { name: 'Caption of cat.png' })).toHaveValue('My cat');
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  await expect(messagesOf(page).getByRole('button', { name: 'Open the picture My cat' })).toBeEnabled();
});

test('a picture is chosen, gets a caption, is shared, opened and still there after a reload', async ({
  page,
  world,
  problems,
}) => {
  await startConversation(page, world);
  await choose(page, picture('cat.png'));
  await toSend(page).getByRole('textbox', { name: 'Caption of cat.png' }).fill('My cat');
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  const messages = messagesOf(page);

  const thumbnail = messages.getByRole('button', { name: 'Open the picture My cat' });
  await expect(thumbnail).toBeEnabled();
  await expect(toSend(page).getByRole('listitem')).toHaveCount(0);
  await page.reload();
  await thumbnail.click();
  const viewer = page.getByRole('dialog', { name: 'Picture My cat' });
  const shown = viewer.getByRole('img', { name: 'My cat' });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(2);
  const download = page.waitForEvent('download');
  await viewer.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('My cat.png');
  expect(await readFile(await (await download).path())).toEqual(PNG);
  await viewer.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('tab', { name: /Requests/ }).click();
  const requests = page.getByRole('listbox', { name: 'Requests' });
  await requests.getByRole('option').filter({ hasText: 'file upload' }).click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('temp_url_sig=•••');
  expect(problems).toEqual([]);
});

test('files are dropped and pasted, several at once', async ({ page, world, problems }) => {
  await startConversation(page, world);
  const data = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const files = new DataTransfer();
    for (const name of ['one.png', 'two.png'])
      files.items.add(new File([bytes], name, { type: 'image/png' }));
    return files;
  }, PNG.toString('base64'));

  await page.locator('app-chat-pane').dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.getByText('Drop to share')).toBeVisible();
  await page.locator('app-chat-pane').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByText('Drop to share')).toHaveCount(0);
  await expect(toSend(page).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Message' }).evaluate((field, files) => {
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }),
    );
  }, data);

  await expect(toSend(page).getByRole('listitem')).toHaveCount(4);
  await toSend(page).getByRole('button', { name: 'Remove one.png' }).first().click();
  await expect(toSend(page).getByRole('listitem')).toHaveCount(3);
  expect(problems).toEqual([]);
});

test('what cannot be shared is told before anything is sent', async ({ page, world, problems }) => {
  await startConversation(page, world);
  await choose(
    page,
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('just words') },
    { name: 'torn.png', mimeType: 'image/png', buffer: PNG.subarray(0, 30) },
    {
      name: 'huge.png',
      mimeType: 'image/png',
      buffer: Buffer.concat([PNG, Buffer.alloc(3.5 * 1024 * 1024)]),
    },
  );

  await expect(toSend(page).getByText(/content is no PNG, JPG or GIF/)).toBeVisible();
  await expect(toSend(page).getByText(/may be damaged/)).toBeVisible();
  await expect(toSend(page).getByText('It is larger than 3 MB, the most that can be shared.')).toBeVisible();
  await expect(toSend(page).getByRole('button', { name: 'Send file' })).toHaveCount(0);
  await expectAccessible(page, 'the chat', 'app-chat-pane');
  expect(problems).toEqual([]);
});

test('an address that ran out is asked for anew; a storage that is down is told, and a retry helps', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.faults({
    on: 'call',
    kind: 'status',
    status: 401,
    match: { service: 'swift', method: 'PUT' },
    count: 1,
  });
  await choose(page, picture('first.png'));
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  await expect(messagesOf(page).getByRole('button', { name: 'Open the picture first.png' })).toBeEnabled();

  await agent.faults({
    on: 'call',
    kind: 'status',
    status: 503,
    match: { service: 'swift', method: 'PUT' },
    count: 1,
  });
  await choose(page, picture('second.png'));
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  await expect(toSend(page).getByRole('alert')).toContainText('swift (file storage) answered 503');
  await toSend(page).getByRole('button', { name: 'Retry' }).click();
  await expect(messagesOf(page).getByRole('button', { name: 'Open the picture second.png' })).toBeEnabled();
});

test('an upload can be cancelled and sent again, and a lost connection does not lose the file', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await agent.faults({
    on: 'call',
    kind: 'delay',
    ms: 20_000,
    match: { service: 'swift', method: 'PUT' },
  });
  await choose(page, picture('slow.png'));
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  await expect(toSend(page).getByText(/Waiting for the storage|Uploading/)).toBeVisible();
  const rows = page.getByRole('listbox', { name: 'Timeline' }).getByRole('option');
  const underway = rows.filter({ hasText: 'slow.png' }).filter({ hasText: 'waiting' });
  await expect(underway).toBeVisible();
  await toSend(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(toSend(page).getByText('Not sent yet')).toBeVisible();
  await expect(underway).toHaveCount(0);
  await agent.endFaults();

  await page.context().setOffline(true);
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  await expect(toSend(page).getByRole('alert')).toContainText('gave no answer');
  await page.context().setOffline(false);
  await toSend(page).getByRole('button', { name: 'Retry' }).click();

  await expect(messagesOf(page).getByRole('button', { name: 'Open the picture slow.png' })).toBeEnabled();
});

test('an account without file sharing refuses, and the words say what may be off', async ({
  page,
  world,
}) => {
  await startConversation(page, world);
  await fetch(`${world.emulatorOrigin}/emulator/control/accounts/demo`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ features: { 'messaging.file.sharing.enabled': false } }),
  });
  await choose(page, picture('cat.png'));
  await toSend(page).getByRole('button', { name: 'Send file' }).click();

  await expect(toSend(page).getByRole('alert')).toContainText('messaging.file.sharing.enabled');
});

test('files of the agent: pictures open, documents and unknown types are what they are, failures are told', async ({
  page,
  world,
}) => {
  const agent = await startConversation(page, world);
  await choose(page, picture('mine.png'));
  await toSend(page).getByRole('button', { name: 'Send file' }).click();
  const messages = messagesOf(page);
  await expect(messages.getByRole('button', { name: 'Open the picture mine.png' })).toBeEnabled();
  // The agent sends the same file back: the only one that lies in the storage.
  await page.getByRole('tab', { name: /Requests/ }).click();
  const request = page
    .getByRole('listbox', { name: 'Requests' })
    .getByRole('option')
    .filter({ hasText: 'file upload' });
  await request.click();
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText(STORED);
  const relativePath = STORED.exec(await details.innerText())?.[0] ?? '';
  await agent.say({ file: { relativePath, fileType: 'PNG', caption: 'From the agent' } });
  await agent.say({
    file: {
      relativePath: relativePath.replace(/_uuid_.{8}/, '_uuid_00000000'),
      fileType: 'PNG',
      caption: 'Gone',
    },
  });
  await agent.say({ file: { relativePath, fileType: 'PDF', caption: 'Terms' } });

  await expect(messages.getByText('no preview came with it')).toHaveCount(2);
  await agent.faults({
    on: 'call',
    kind: 'status',
    status: 401,
    match: { service: 'swift', method: 'GET' },
    count: 1,
  });
  await messages.getByRole('button', { name: 'Open the picture From the agent' }).click();
  const viewer = page.getByRole('dialog', { name: 'Picture From the agent' });
  await expect(viewer.getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await messages.getByRole('button', { name: 'Open the picture Gone' }).click();
  await expect(messages.getByRole('alert')).toContainText('not in the storage any more');
  await expect(messages.getByText('PDF document')).toBeVisible();
  const download = page.waitForEvent('download');
  await messages.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^Terms/);
});
