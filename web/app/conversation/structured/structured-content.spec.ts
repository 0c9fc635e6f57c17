import { TestBed } from '@angular/core/testing';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { APP, buildMessage, CONVERSATION, LogWriter, MAIN, REFUSED } from '../../testing/log-entries';
import { provideConversation, settle } from '../../testing/provide-conversation';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { ADDRESS_OPENER } from './address-opener';
import { StructuredContent } from './structured-content';

async function renderContent(content: unknown, more = (log: LogWriter): LogWriter => log) {
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

const vertical = (...elements: readonly unknown[]) => ({ type: 'vertical', elements });
const text = (words: string) => ({ type: 'text', text: words });
const button = (title: string, action: unknown, metadata?: unknown) => ({
  ...{ type: 'button', title },
  click: { actions: [action], metadata },
});

const CARD = vertical(
  { type: 'image', url: 'data:image/png;base64,iVBORw0K', alt: 'A shoe', caption: 'Shoe & <b>co</b>' },
  { type: 'text', text: 'Product\n<script>alert(1)</script>', tooltip: 'a hint', style: { bold: true } },
  button('Add', { type: 'publishText', text: 'add it' }, [{ type: 'ExternalId', id: 'ABC-1' }]),
  button('Open', { type: 'link', uri: 'https://example.com/shop' }, [{ type: 'ExternalId', id: 'L' }]),
  button('Trap', { type: 'link', uri: 'javascript:alert(1)' }),
  { type: 'map', la: 40.5, lo: -73.9, tooltip: 'The shop' },
);

const LOST = 'data:image/png;base64,iVBORw0K';

const LIST = {
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

describe('StructuredContent', () => {
  it('keeps a card with a lost image legible and says in its place what is missing', async () => {
    const image = { type: 'image', url: LOST, alt: 'A shoe', tooltip: 'Front view' };
    const { element } = await renderContent(
      vertical(text('New'), image, button('Buy', { type: 'publishText', text: 'buy' })),
    );
    // As in a bubble, which is as wide as what it holds.
    element.style.cssText = 'display: block; inline-size: fit-content';
    await eventually(() => element.querySelector('.error') !== null);
    const place = element.querySelector<HTMLElement>('.lp-json-pollock-element-image')!;

    expect(place.innerText.trim()).toBe('The image could not be loaded: A shoe');
    expect(place.title).toBe('Front view');
    expect(element.getBoundingClientRect().width).toBeGreaterThanOrEqual(220);
    expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
    expect(place.scrollHeight).toBeLessThanOrEqual(place.clientHeight);
    await expectAccessible(element);
  });

  it('lets a lost image be pressed all the same', async () => {
    const action = { type: 'link', uri: 'https://example.com/shoe' };
    const image = { type: 'image', url: LOST, alt: 'A shoe', click: { actions: [action] } };
    const { element, opened, press } = await renderContent(vertical(text('New'), image));
    await eventually(() => element.querySelector('.error') !== null);

    expect(element.querySelector('img')!.checkVisibility()).toBeTrue();
    await press('A shoe');

    expect(opened).toEqual(['https://example.com/shoe']);
    await expectAccessible(element);
  });

  it('draws a card by the vendor’s renderer, its texts as texts', async () => {
    const { element } = await renderContent(CARD);

    expect(element.querySelector('.lp-json-pollock-layout-vertical')).not.toBeNull();
    expect(element.textContent).toContain('<script>alert(1)</script>');
    expect(element.textContent).toContain('Shoe & <b>co</b>');
    expect(element.querySelector('script, b')).toBeNull();
    expect(element.querySelector('br')).not.toBeNull();
    await expectAccessible(element);
  });

  it('tells the agent, then says the text, both with the metadata of the button', async () => {
    const { bridge, press } = await renderContent(CARD);

    await press('Add');

    const metadata = [{ type: 'ExternalId', id: 'ABC-1' }];
    expect(bridge.acceptStatuses.map(({ request }) => request)).toEqual([
      { dialogId: MAIN, status: 'ACTION', sequenceList: [5], metadata },
    ]);
    expect(bridge.messages.map(({ request }) => [request.content, request.metadata])).toEqual([
      [{ type: 'text', text: 'add it' }, metadata],
    ]);
  });

  it('says nothing when the agent could not be told, and says why', async () => {
    const { bridge, element, press } = await renderContent(CARD);
    bridge.refusal = new BridgeFailure(REFUSED);

    await press('Add');

    expect(bridge.messages).toEqual([]);
    expect(element.querySelector('[role=alert]')).not.toBeNull();
    bridge.refusal = null;
    await press('Add');
    expect(bridge.messages.length).toBe(1);
    expect(element.querySelector('[role=alert]')).toBeNull();
  });

  it('opens a link once, however many messages are on the screen', async () => {
    const { bridge, fixture, opened, press } = await renderContent(CARD);
    const other = TestBed.createComponent(StructuredContent);
    other.componentRef.setInput('message', fixture.componentInstance.message());
    await other.whenStable();

    await press('Open');

    expect(opened).toEqual(['https://example.com/shop']);
    expect(bridge.acceptStatuses.length).toBe(1);
    expect(bridge.messages).toEqual([]);
  });

  it('keeps the keyboard’s place when a button is pressed that cannot be pressed again meanwhile', async () => {
    const { bridge, element, button } = await renderContent(CARD);
    document.body.append(element);
    const held = Promise.withResolvers<undefined>();
    bridge.sendAcceptStatus = () => held.promise;
    button('Add').focus();

    for (let presses = 0; presses < 2; presses += 1) {
      button('Add').click();
      await settle();
    }

    expect(document.activeElement).toBe(button('Add'));
    expect(button('Add').ariaDisabled).toBe('true');
    held.resolve(undefined);
    await eventually(() => button('Add').ariaDisabled === null);
    expect(bridge.messages.length).toBe(1);
    expect(document.activeElement).toBe(button('Add'));
    element.remove();
  });

  it('never opens a script, and says so', async () => {
    const { element, opened, bridge, button, press } = await renderContent(CARD);

    expect(button('Trap').matches(':disabled')).toBeTrue();
    await press('Trap');

    expect(opened).toEqual([]);
    expect(bridge.acceptStatuses).toEqual([]);
    expect(element.textContent).toContain('javascript: links are not opened.');
  });

  it('shows a place by keyboard too', async () => {
    const { opened, button } = await renderContent(CARD);

    button('The shop').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));

    expect(opened).toEqual(['https://www.google.com/maps/search/?api=1&query=40.5,-73.9']);
  });

  it('sends what is checked, once, and shows after a reload what was sent', async () => {
    const { bridge, element, press } = await renderContent(LIST);
    await expectAccessible(element);

    await press('Send');
    expect(element.querySelector('[role=status]')?.textContent).toContain('Check at least one box');
    expect(bridge.acceptStatuses).toEqual([]);

    const [red, , blue] = element.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    red!.click();
    blue!.click();
    await press('Send');

    const metadata = ['Red', 'Blue', 'form'].map((id) => ({ type: 'ExternalId', id }));
    expect(bridge.acceptStatuses[0]?.request.metadata).toEqual(metadata);
    expect(bridge.messages[0]?.request.content).toEqual({ type: 'text', text: 'red, blue' });
    expect(bridge.messages[0]?.request.metadata).toEqual(metadata);

    TestBed.resetTestingModule();
    const after = await renderContent(LIST, (log) => log.ownReceipt('ACTION', [5], MAIN, metadata));
    const boxes = [...after.element.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    expect(boxes.map(({ checked, disabled }) => [checked, disabled])).toEqual([
      [true, true],
      [false, true],
      [true, true],
    ]);
    expect(after.button('Send').matches(':disabled')).toBeTrue();
  });

  it('marks a used button, which can be used again', async () => {
    const metadata = [{ id: 'ABC-1', type: 'ExternalId' }];
    const { button } = await renderContent(CARD, (log) => log.ownReceipt('ACTION', [5], MAIN, metadata));

    expect(button('Add').className).toContain('structured-used');
    expect(button('Add').matches(':disabled')).toBeFalse();
    expect(button('Open').className).not.toContain('structured-used');
  });

  it('still opens links in a closed conversation, and says nothing into it', async () => {
    const { bridge, opened, button, press } = await renderContent(CARD, (log) =>
      log.conversation({ state: 'CLOSE' }),
    );

    expect(button('Add').matches(':disabled')).toBeTrue();
    await press('Open');

    expect(opened).toEqual(['https://example.com/shop']);
    expect(bridge.acceptStatuses).toEqual([]);
  });

  it('sends the metadata of chosen cards', async () => {
    const select = {
      type: 'carouselSelect',
      selectMode: { name: 'seats', type: 'multiple' },
      elements: ['A', 'B', 'C'].map((id) => ({
        ...vertical(text(`Seat ${id}`)),
        metadata: [{ type: 'Seat', id }],
      })),
    };
    const send = {
      ...button('Book', { type: 'publishText', text: 'book' }),
      ref: { type: 'carouselSelect', name: 'seats' },
    };
    const { bridge, element, press } = await renderContent(vertical(select, send));
    await expectAccessible(element);

    await press('Book');
    expect(element.querySelector('.structured-hint')?.textContent).toContain('Choose something');
    const [first, , third] = element.querySelectorAll<HTMLButtonElement>('.structured-choose');
    first!.click();
    third!.click();
    expect(first!.ariaPressed).toBe('true');
    await press('Book');

    expect(bridge.acceptStatuses[0]?.request.metadata).toEqual([
      { type: 'Seat', id: 'A' },
      { type: 'Seat', id: 'C' },
    ]);
  });

  it('draws carousels, tabs, accordions and rows so that a keyboard can use them', async () => {
    const { element } = await renderContent(
      vertical(
        { type: 'carousel', padding: 10, elements: [vertical(text('One')), vertical(text('Two'))] },
        { type: 'tabs', elements: [{ ...vertical(text('Left')), tag: 'app-root' }, vertical(text('Right'))] },
        {
          type: 'accordionSelect',
          selectMode: { name: 'a b"]' },
          titles: [{ name: 'First' }],
          elements: [vertical(text('x')), vertical(text('y'))],
        },
        { type: 'horizontal', percentages: [30], elements: [text('l'), button('r', { type: 'custom' })] },
      ),
    );

    const tabs = element.querySelectorAll<HTMLElement>('[role=tab]');
    expect([...tabs].map(({ textContent, ariaSelected }) => [textContent, ariaSelected])).toEqual([
      ['app-root', 'true'],
      ['Tab 2', 'false'],
    ]);
    expect(document.getElementById('app-root')).toBeNull();
    tabs[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    expect(tabs[1]!.ariaSelected).toBe('true');
    const part = element.querySelector<HTMLElement>('.structured-fold')!;
    expect(part.ariaExpanded).toBe('false');
    part.click();
    expect(part.ariaExpanded).toBe('true');
    await expectAccessible(element);
  });

  describe('with a row of cards', () => {
    const cards = (count: number) => ({
      type: 'carousel',
      padding: 10,
      elements: Array.from({ length: count }, (_, at) =>
        vertical(
          text(`Card ${at}`),
          button(`Take ${at}`, { type: 'publishText', text: 'x' }, [{ type: 'ExternalId', id: `${at}` }]),
        ),
      ),
    });
    const rendered = async (count: number, more?: (log: LogWriter) => LogWriter) => {
      const parts = await renderContent(cards(count), more);
      const { element } = parts;
      const list = element.querySelector<HTMLElement>('[role=list]')!;
      list.style.scrollBehavior = 'auto';
      const place = () => element.querySelector('.structured-place')?.textContent;
      return { ...parts, list, place };
    };

    it('says where one is, goes on by its arrows and ends at the last', async () => {
      const { list, place, button, press, element } = await rendered(3);
      element.style.cssText = 'display: block; width: 260px';
      await eventually(() => place() === '1 of 3');
      expect(button('Previous').ariaDisabled).toBe('true');

      await press('Next');
      await eventually(() => place() === '2 of 3');
      await press('Next');
      await eventually(() => place() === '3 of 3');
      await press('Next');

      expect(button('Next').ariaDisabled).toBe('true');
      expect(list.scrollLeft).toBeGreaterThan(200);
      expect(element.querySelector('.structured-cut-right')).toBeNull();
      expect(element.querySelector('.structured-cut-left')).not.toBeNull();
      await expectAccessible(element);
    });

    it('needs no arrows where all of them have room', async () => {
      const { button, place } = await rendered(2);

      await eventually(() => button('Next').hidden === true);

      expect(place()).toBe('');
    });

    it('stands after a reload at the card that was used', async () => {
      const used = (log: LogWriter) => log.ownReceipt('ACTION', [5], MAIN, [{ id: '9', type: 'ExternalId' }]);
      const { place, list } = await rendered(40, used);

      await eventually(() => place() === '10 of 40');
      expect(list.scrollLeft).toBeGreaterThan(1_800);
    });
  });

  it('shows invalid content as such, with its JSON on demand', async () => {
    const { element, fixture } = await renderContent(vertical({ type: 'image' }));

    expect(element.textContent).toContain('is not valid');
    expect(element.textContent).toContain('content.elements[0] has no url');
    expect(element.querySelector('app-json-view')).toBeNull();
    await expectAccessible(element);
    element.querySelector<HTMLElement>('summary')!.click();
    await new Promise((done) =>
      element.querySelector('details')!.addEventListener('toggle', done, { once: true }),
    );
    await fixture.whenStable();
    expect(element.querySelector('app-json-view')?.textContent).toContain('"image"');
    await expectAccessible(element);
  });

  it('draws a huge and a deep message without hanging', async () => {
    let deep: unknown = text('bottom');
    for (let level = 0; level < 3000; level += 1) deep = vertical(deep);
    const wide = Array.from({ length: 50_000 }, (_, at) => text(`line ${at}`));

    const { element } = await renderContent(vertical(deep, ...wide));

    expect(element.querySelectorAll('.lp-json-pollock-element-text').length).toBeLessThan(256);
    expect(element.textContent).toContain('nested too deep');
  });
});
