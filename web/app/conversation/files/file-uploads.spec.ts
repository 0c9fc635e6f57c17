import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { TabMemory } from '../../bridge/tab-memory';
import { Unsent } from '../../bridge/unsent';
import { drawPicture } from '../../testing/fake-file-client';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, CONVERSATION, LogWriter, REFUSED } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { ChatPane } from '../chat-pane';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { FileUploads } from './file-uploads';

const HOSTED = { caption: 'cat.png', relativePath: '/v1/AUTH_async-images/demo/x.PNG', fileType: 'PNG' };

async function renderPane(log = new LogWriter().opened().conversation()) {
  const parts = provideConversation();
  parts.log.deliver(...log.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  TestBed.inject(ConversationStore).show(CONVERSATION);
  const fixture = TestBed.createComponent(ChatPane);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find((one) =>
      (one.ariaLabel ?? one.textContent).trim().startsWith(name),
    );
  const until = (what: () => unknown) => eventually(() => Boolean(what()));
  const press = async (name: string) => {
    button(name)!.click();
    await settle();
  };
  const choose = async (...files: readonly File[]) => {
    const chooser = element.querySelector<HTMLInputElement>('input[type=file]')!;
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    chooser.files = data.files;
    chooser.dispatchEvent(new Event('change'));
    await settle();
  };
  const items = () => [...element.querySelectorAll<HTMLElement>('li.upload')];
  return { ...parts, fixture, element, button, press, choose, items, until };
}

const urlRefused = () => new BridgeFailure({ ...REFUSED, code: 'file-url-refused' });

describe('sharing a file', () => {
  it('says before what can be shared', async () => {
    const { element, button } = await renderPane();

    expect(button('Share a picture')?.title).toBe('Share a picture: PNG, JPG or GIF, up to 3 MB');
    expect(element.querySelector<HTMLInputElement>('input[type=file]')?.accept).toBe(
      'image/png,image/jpeg,image/gif',
    );
    expect(element.textContent).toContain('up to 3 MB');
  });

  it('shows what was chosen, uploads it on demand with progress and publishes it with preview and caption', async () => {
    const { bridge, element, files, press, choose, items, until, button } = await renderPane();

    await choose(await drawPicture());
    await until(() => button('Send file'));
    expect(files.uploads).toEqual([]);
    await expectAccessible(element);
    const caption = element.querySelector<HTMLInputElement>('.caption input')!;
    caption.value = 'My cat';
    caption.dispatchEvent(new Event('input'));
    await press('Send file');

    files.uploads[0]!.sending.onProgress(0.432);
    TestBed.tick();
    expect(items()[0]!.textContent).toContain('Uploading 43 %');
    expect(element.querySelector('progress')?.value).toBeCloseTo(0.432);
    await expectAccessible(element);
    files.uploads[0]!.sending.onProgress(1);
    TestBed.tick();
    expect(items()[0]!.textContent).toContain('Waiting for the storage');
    expect(element.querySelector('progress')?.matches(':indeterminate')).toBeTrue();
    files.finish(HOSTED);
    await until(() => bridge.messages.length);

    const content = bridge.messages[0]!.request.content;
    expect(content).toEqual({
      type: 'file',
      file: { ...HOSTED, caption: 'My cat', preview: jasmine.stringMatching(/^data:image\/jpeg/) as never },
    });
    await until(() => element.querySelector('app-file-content img'));
    expect(items()).toEqual([]);
    expect(element.querySelector('app-file-content img')?.getAttribute('src')).toMatch(/^data:image\/jpeg/);
    await expectAccessible(element);
  });

  it('waits, disabled and with the reason in words, while a survey is asked', async () => {
    const log = new LogWriter().opened().conversation();
    const { element, files, log: stream, fixture, choose, until, button, press } = await renderPane(log);
    await choose(await drawPicture());
    await until(() => button('Send file'));
    const before = log.entries.length;
    stream.deliver(
      ...log.conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' }).entries.slice(before),
    );
    await fixture.whenStable();

    expect(button('Send file')!.ariaDisabled).toBe('true');
    expect(element.querySelector('.upload .stage')?.textContent).toContain('A survey is answered in words');
    await press('Send file');
    const caption = element.querySelector<HTMLInputElement>('.caption input')!;
    caption.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settle();

    expect(files.uploads).toEqual([]);
    await expectAccessible(element);
  });

  it('waits beside the strip of a closed conversation, and can be removed', async () => {
    const log = new LogWriter().opened().conversation();
    const { element, items, log: stream, fixture, choose, until, button, press } = await renderPane(log);
    await choose(await drawPicture());
    await until(() => button('Send file'));
    const before = log.entries.length;
    stream.deliver(...log.conversation({ state: 'CLOSE' }).entries.slice(before));
    await fixture.whenStable();

    expect(button('Send file')!.ariaDisabled).toBe('true');
    expect(element.querySelector('.upload .stage')?.textContent).toContain('The conversation is closed');
    await press('Remove');
    await fixture.whenStable();

    expect(items()).toEqual([]);
  });

  it('refuses with a reason what cannot be shared, and keeps the rest', async () => {
    const { element, files, choose, items, until, press } = await renderPane();
    const whole = await drawPicture();

    await choose(
      new File(['hello'], 'notes.png', { type: 'image/png' }),
      new File([whole.slice(0, 30)], 'torn.png'),
      new File([whole, new Uint8Array(3 * 1024 * 1024)], 'huge.png'),
      whole,
    );
    await until(() => items().every((item) => !item.textContent.includes('Reading')));

    expect(items().map((item) => item.querySelector('.stage')?.textContent.trim())).toEqual([
      'Its content is no PNG, JPG or GIF picture.',
      'The picture cannot be drawn: it may be damaged, or it was moved away.',
      'It is larger than 3 MB, the most that can be shared.',
      'Not sent yet',
    ]);
    await expectAccessible(element);
    await press('Remove notes.png');
    expect(items().length).toBe(3);
    expect(files.uploads).toEqual([]);
  });

  it('says which files are left out where more are chosen than can wait, and keeps the others', async () => {
    const { element, choose, items, press } = await renderPane();
    const named = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => new File(['no picture'], `${from + at}.png`));
    const leftOut = () => element.querySelector('.left-out')?.textContent.replaceAll(/\s+/g, ' ').trim();

    await choose(...named(1, 8));
    expect(leftOut()).toBeUndefined();
    await choose(...named(9, 13));

    expect(items().length).toBe(10);
    expect(leftOut()).toContain('3 files were left out · 11.png, 12.png, 13.png');
    expect(element.querySelector('.left-out [role=alert]')?.textContent.trim()).toBe(
      'At most 10 files can wait here. Send or remove some, then choose them again.',
    );
    await expectAccessible(element);

    await choose(...named(13, 13));
    expect(leftOut()).toContain('1 file was left out · 13.png');
    expect(leftOut()).toContain('then choose it again');
    await press('Remove 1.png');
    expect(leftOut()).toContain('13.png');
    await choose(...named(13, 13));
    expect(leftOut()).toBeUndefined();
    expect(items().at(-1)?.textContent).toContain('13.png');

    await choose(...named(14, 14));
    await press('Dismiss');
    expect(leftOut()).toBeUndefined();
    expect(items().length).toBe(10);
  });

  it('brings what was chosen last into view where many wait', async () => {
    const { element, choose, items, until } = await renderPane();
    const list = element.querySelector<HTMLElement>('app-upload-list')!;
    list.style.maxHeight = '150px';

    await choose(...['a', 'b', 'c'].map((name) => new File(['no picture'], `${name}.png`)));
    await until(() => items().every((item) => item.textContent.includes('is no PNG')));
    await settle();

    const bottom = items().at(-1)!.getBoundingClientRect().bottom;
    expect(bottom).toBeLessThanOrEqual(list.getBoundingClientRect().bottom + 1);
  });

  it('can be cancelled, and sent again afterwards', async () => {
    const { files, choose, press, items, until, button } = await renderPane();
    await choose(await drawPicture());
    await until(() => button('Send file'));
    await press('Send file');

    await press('Cancel');
    await until(() => button('Send file'));
    expect(files.uploads[0]!.sending.signal.aborted).toBeTrue();
    expect(items()[0]!.textContent).toContain('Not sent yet');

    await press('Send file');
    expect(files.uploads.length).toBe(2);
  });

  it('tells why an upload failed, and tries again on demand', async () => {
    const { bridge, element, files, choose, press, until, button } = await renderPane();
    await choose(await drawPicture());
    await until(() => button('Send file'));
    await press('Send file');

    files.finish(new BridgeFailure({ ...REFUSED, code: 'upstream-rejected' }));
    await until(() => button('Retry'));
    expect(element.querySelector('.upload [role=alert]')?.textContent).toContain(
      'messaging.file.sharing.enabled',
    );
    await expectAccessible(element);
    await press('Retry');
    files.finish(HOSTED);
    await until(() => bridge.messages.length);
    expect(bridge.messages.length).toBe(1);
  });

  it('asks once for a new address when the first has run out', async () => {
    const { bridge, files, choose, press, until, button } = await renderPane();
    await choose(await drawPicture());
    await until(() => button('Send file'));
    await press('Send file');

    files.finish(urlRefused());
    await until(() => files.uploads.length === 2);
    files.finish(HOSTED);
    await until(() => bridge.messages.length);

    await choose(await drawPicture());
    await until(() => button('Send file'));
    await press('Send file');
    files.finish(urlRefused());
    await until(() => files.uploads.length === 4);
    files.finish(urlRefused());
    await until(() => button('Retry'));
  });

  it('takes what is dropped and what is pasted', async () => {
    const { element, items, until } = await renderPane();
    const data = new DataTransfer();
    data.items.add(await drawPicture({ name: 'dropped.png' }));

    const over = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true });
    element.dispatchEvent(over);
    TestBed.tick();
    expect(over.defaultPrevented).toBeTrue();
    expect(element.querySelector('.drop')?.textContent).toContain('Drop to share');
    element.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    const pasted = new DataTransfer();
    pasted.items.add(await drawPicture({ name: 'pasted.png' }));
    element
      .querySelector('textarea')!
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));
    await until(() => items().length === 2);

    expect(element.querySelector('.drop')).toBeNull();
    expect(items().map((item) => item.querySelector('strong')?.textContent)).toEqual([
      'dropped.png',
      'pasted.png',
    ]);
  });

  it('leaves pasted text with a picture of it to the field', async () => {
    const { element, items } = await renderPane();
    const data = new DataTransfer();
    data.setData('text/plain', 'a cell');
    data.items.add(await drawPicture());
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });

    element.querySelector('textarea')!.dispatchEvent(paste);
    await settle();

    expect(paste.defaultPrevented).toBeFalse();
    expect(items()).toEqual([]);
  });

  it('is not offered in a survey or before there is a conversation, and says why', async () => {
    const { element, button, choose, items } = await renderPane(
      new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' }),
    );

    expect(button('Share a picture')?.title).toBe('A survey is answered in words');
    await choose(await drawPicture());
    expect(items()).toEqual([]);
    await expectAccessible(element);
  });

  it('warns before the page is closed while a file waits or is on its way, and of nothing else', async () => {
    // The test runner listens for the real event, and ends.
    const listen = spyOn(window, 'addEventListener').and.callThrough();
    const { choose, files, press, until, button, items } = await renderPane();
    const warn = listen.calls.allArgs().find(([type]) => type === 'beforeunload')![1] as EventListener;
    const leave = (): boolean => {
      const event = new Event('leaving', { cancelable: true });
      warn(event);
      return !event.defaultPrevented;
    };
    await choose(new File(['no picture'], 'notes.png'));
    await until(() => items()[0]!.textContent.includes('is no PNG'));
    expect(leave()).toBeTrue();

    await choose(await drawPicture());
    await until(() => button('Send file'));
    expect(leave()).toBeFalse();

    await press('Send file');
    expect(leave()).toBeFalse();

    files.finish(HOSTED);
    await until(() => items().length === 1);
    expect(leave()).toBeTrue();
  });

  it('waits for who comes back from another page, also when leaving cut its upload off', async () => {
    const { files, choose, until, button } = await renderPane();
    await choose(await drawPicture({ name: 'cat.png' }));
    await until(() => button('Send file'));
    const openPage = () => createEnvironmentInjector([FileUploads], TestBed.inject(EnvironmentInjector));
    const page = openPage();
    const [chosen] = page.get(FileUploads).shown();
    void page.get(FileUploads).send(chosen!.id);
    expect(files.uploads.length).toBe(1);

    page.destroy();
    await settle();

    const [found] = openPage().get(FileUploads).shown();
    expect([found?.file.name, found?.stage.kind]).toEqual(['cat.png', 'ready']);
  });

  it('counts as what signing out would lose, and is gone with it', async () => {
    const { choose, items, until, button } = await renderPane();
    const unsent = TestBed.inject(Unsent);
    expect(unsent.counts()).toBeNull();
    await choose(new File(['no picture'], 'notes.png'), await drawPicture());
    await until(() => button('Send file'));
    expect(unsent.counts()).toEqual({ messages: 0, drafts: 0, files: 1 });

    TestBed.inject(TabMemory).forget();
    await settle();

    expect(unsent.counts()).toBeNull();
    expect(items()).toEqual([]);
  });
});
