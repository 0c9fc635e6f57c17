import { TestBed } from '@angular/core/testing';

import { BridgeFailure } from '../../bridge/bridge-failure';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { MAIN, REFUSED } from '../../testing/log-entries';
import { settle } from '../../testing/provide-conversation';
import { CARD, LIST, button, renderContent, text, vertical } from '../../testing/rendered-content';
import { StructuredContent } from './structured-content';

describe('the use of structured content', () => {
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
});
