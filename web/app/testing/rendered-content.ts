import { TestBed } from '@angular/core/testing';

import { ConversationStore } from '../conversation/conversation-store';
import { ConversationsStore } from '../conversation/conversations-store';
import { ADDRESS_OPENER } from '../conversation/structured/address-opener';
import { StructuredContent } from '../conversation/structured/structured-content';
import { APP, buildMessage, CONVERSATION, LogWriter } from './log-entries';
import { provideConversation, settle } from './provide-conversation';

/** Structured content in a conversation as the page draws it, and what the consumer can do with it. */
export async function renderContent(content: unknown, more = (log: LogWriter): LogWriter => log) {
  const parts = provideConversation();
  const opened: string[] = [];
  TestBed.overrideProvider(ADDRESS_OPENER, { useValue: (address: string) => opened.push(address) });
  const event = { type: 'RichContentEvent', content };
  const writer = more(
    new LogWriter()
      .opened()
      .conversation()
      .notification(buildMessage({ sequence: 5, event })),
  );
  parts.log.deliver(...writer.entries);
  await TestBed.inject(ConversationsStore).show(APP);
  const store = TestBed.inject(ConversationStore);
  store.show(CONVERSATION);
  const fixture = TestBed.createComponent(StructuredContent);
  fixture.componentRef.setInput(
    'message',
    store.messages().find(({ sequence }) => sequence === 5)!,
  );
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const button = (name: string) =>
    [...element.querySelectorAll<HTMLElement>('button, input[type=submit], [role=button]')].find((one) =>
      [one.textContent.trim(), one.ariaLabel, one.getAttribute('value')].includes(name),
    )!;
  const press = async (name: string) => {
    button(name).click();
    await settle();
    await fixture.whenStable();
  };
  return { ...parts, writer, store, fixture, element, opened, button, press };
}

export const vertical = (...elements: readonly unknown[]) => ({ type: 'vertical', elements });
export const text = (words: string) => ({ type: 'text', text: words });
export const button = (title: string, action: unknown, metadata?: unknown) => ({
  ...{ type: 'button', title },
  click: { actions: [action], metadata },
});

export const CARD = vertical(
  { type: 'image', url: 'data:image/png;base64,iVBORw0K', alt: 'A shoe', caption: 'Shoe & <b>co</b>' },
  { type: 'text', text: 'Product\n<script>alert(1)</script>', tooltip: 'a hint', style: { bold: true } },
  button('Add', { type: 'publishText', text: 'add it' }, [{ type: 'ExternalId', id: 'ABC-1' }]),
  button('Open', { type: 'link', uri: 'https://example.com/shop' }, [{ type: 'ExternalId', id: 'L' }]),
  button('Trap', { type: 'link', uri: 'javascript:alert(1)' }),
  { type: 'map', la: 40.5, lo: -73.9, tooltip: 'The shop' },
);

export const LIST = {
  type: 'list',
  elements: [
    text('Which ones?'),
    {
      type: 'sectionList',
      elements: [
        {
          type: 'section',
          sectionID: 's1',
          elements: [
            text('Colours'),
            {
              type: 'checklist',
              elements: ['Red', 'Green', 'Blue'].map((title) => ({
                ...{ type: 'checkbox', text: title, borderLine: true },
                click: {
                  actions: [{ type: 'checked', publishText: title.toLowerCase() }],
                  metadata: [{ type: 'ExternalId', id: title }],
                },
              })),
            },
          ],
        },
      ],
    },
    {
      type: 'buttonList',
      elements: [
        {
          type: 'submitButton',
          title: 'Send',
          click: {
            actions: [{ type: 'submitAsText', submit: true }],
            metadata: [{ type: 'ExternalId', id: 'form' }],
          },
        },
      ],
    },
  ],
};
