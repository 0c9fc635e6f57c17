import { TestBed } from '@angular/core/testing';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { drawPicture } from '../../testing/fake-file-client';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, buildMessage, CONVERSATION, LogWriter, MAIN, REFUSED } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { AutomaticSettings } from '../controls/automatic-settings';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { FileContentView } from './file-content';

const PATH = '/v1/AUTH_async-images/demo/a_uuid_1.PNG';
const PREVIEW = 'data:image/png;base64,iVBORw0K';

async function renderFile(
  file: Record<string, unknown> = {
    caption: 'Your receipt',
    relativePath: PATH,
    fileType: 'PNG',
    preview: PREVIEW,
  },
  { role = 'ASSIGNED_AGENT', more = (log: LogWriter): LogWriter => log } = {},
) {
  const parts = provideConversation();
  const event = { type: 'ContentEvent', contentType: 'hosted/file', message: file };
  const log = more(
    new LogWriter()
      .opened()
      .conversation()
      .notification(buildMessage({ sequence: 4, role, event })),
  );
  parts.log.deliver(...log.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  const fixture = TestBed.createComponent(FileContentView);
  fixture.componentRef.setInput(
    'message',
    store.messages().find(({ sequence }) => sequence === 4)!,
  );
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const press = async (selector: string) => {
    element.querySelector<HTMLButtonElement>(selector)!.click();
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, fixture, element, press };
}

describe('a file in the chat', () => {
  it('shows its preview and loads nothing until it is opened', async () => {
    const { element, files } = await renderFile();

    expect(element.querySelector('img')?.getAttribute('src')).toBe(PREVIEW);
    expect(element.textContent).toContain('Your receipt');
    expect(files.downloads).toEqual([]);
    await expectAccessible(element);
  });

  it('is opened without telling the agent where that is switched off', async () => {
    const { bridge, element, files, press } = await renderFile();
    files.answer = await drawPicture();
    TestBed.inject(AutomaticSettings).set({ access: false });

    await press('.thumbnail');

    expect(element.querySelector('dialog')?.open).toBeTrue();
    expect(bridge.acceptStatuses).toEqual([]);
  });

  it('opens the picture itself, which can be saved, and tells the agent once', async () => {
    const { bridge, element, files, press } = await renderFile();
    files.answer = await drawPicture();

    await press('.thumbnail');

    expect(files.downloads).toEqual([{ id: CONVERSATION, path: PATH, name: 'Your receipt.png' }]);
    const dialog = element.querySelector('dialog')!;
    expect(dialog.open).toBeTrue();
    expect(dialog.querySelector('img')?.src).toMatch(/^blob:/);
    expect(bridge.acceptStatuses.map(({ request }) => request)).toEqual([
      { dialogId: MAIN, status: 'ACCESS', sequenceList: [4] },
    ]);
    await expectAccessible(element);
    const close = [...dialog.querySelectorAll('button')].at(-1)!;
    expect(document.activeElement).toBe(close);
    expect(close.matches(':focus-visible')).toBeTrue();
    close.click();
    await settle();
    expect(dialog.open).toBeFalse();
  });

  it('tells no agent of own files, and none what was told before', async () => {
    const own = await renderFile(undefined, { role: 'CONSUMER' });
    own.files.answer = await drawPicture();
    await own.press('.thumbnail');
    expect(own.bridge.acceptStatuses).toEqual([]);

    TestBed.resetTestingModule();
    const again = await renderFile(undefined, { more: (log) => log.ownReceipt('ACCESS', [4]) });
    again.files.answer = await drawPicture();
    await again.press('.thumbnail');
    expect(again.bridge.acceptStatuses).toEqual([]);
  });

  it('says why it cannot be opened, and tries again on demand', async () => {
    const { element, files, press } = await renderFile();
    files.answer = new BridgeFailure({ ...REFUSED, code: 'file-missing' });

    await press('.thumbnail');
    expect(element.querySelector('[role=alert]')?.textContent).toContain('not in the storage any more');
    await expectAccessible(element);
    files.answer = await drawPicture();
    await press('[role=alert] button');

    expect(element.querySelector('dialog')?.open).toBeTrue();
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  it('is opened by a button in words where no preview came with it', async () => {
    const { element, files, press } = await renderFile({
      ...{ caption: 'Your receipt', relativePath: PATH, fileType: 'PNG' },
    });
    files.answer = await drawPicture();
    expect(element.textContent).toContain('no preview came with it');
    expect(element.querySelector('.open')?.textContent.replace(/\s+/g, ' ').trim()).toBe(
      'Open the picture Your receipt',
    );
    await expectAccessible(element);

    await press('.open');

    expect(element.querySelector('dialog')?.open).toBeTrue();
  });

  it('says what a person can do where the cloud refuses to hand it out', async () => {
    const { element, files, press } = await renderFile();
    files.answer = new BridgeFailure(REFUSED);

    await press('.thumbnail');

    expect(element.querySelector('[role=alert]')?.textContent).toContain('Ask for it to be sent again');
  });

  it('of a document is what it is, and only saved', async () => {
    const { element, files, press } = await renderFile({ relativePath: '/v1/x/terms.PDF', fileType: 'PDF' });
    const saved: string[] = [];
    const note = (event: Event): void => {
      if (!(event.target instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      saved.push(event.target.download);
    };
    spyOn(HTMLAnchorElement.prototype, 'click').and.callFake(function (this: HTMLAnchorElement) {
      this.addEventListener('click', note);
      this.dispatchEvent(new MouseEvent('click', { cancelable: true }));
    });
    files.answer = new Blob(['%PDF'], { type: 'application/octet-stream' });
    expect(element.textContent).toContain('PDF document');
    await expectAccessible(element);

    await press('.open');

    expect(saved).toEqual(['terms.PDF']);
    expect(element.querySelector('dialog')?.open).toBeFalse();
  });

  it('that says it is a picture and is none is saved, not shown', async () => {
    const { element, files, press } = await renderFile();
    const saved = spyOn(HTMLAnchorElement.prototype, 'click');
    files.answer = new Blob(['<svg/>'], { type: 'application/octet-stream' });

    await press('.thumbnail');

    expect(element.querySelector('dialog')?.open).toBeFalse();
    expect(saved).toHaveBeenCalledTimes(1);
  });
});
