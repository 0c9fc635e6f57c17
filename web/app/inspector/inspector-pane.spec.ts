import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { buildExchange } from '../testing/build-exchange';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter, START } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';
import { InspectorStore } from './inspector-store';

const newest = (element: Element) =>
  [...element.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Newest');

describe('InspectorPane', () => {
  it('counts both lists on their tabs and asks for the other one', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange());
    const { element, tabs } = await renderInspector(writer);
    const [, webhooks, requests] = element.querySelectorAll<HTMLElement>('[role=tab]');

    expect(webhooks!.textContent.replace(/\s+/g, ' ').trim()).toBe('Webhooks 1');
    requests!.click();
    expect(tabs).toEqual(['requests']);
    await expectAccessible(element);
  });

  it('steps from row to row by keys, from wherever the focus is', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'a').agentSays(1, 'b'));
    const press = async (key: string) => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await fixture.whenStable();
      return fixture.componentInstance.item();
    };

    expect([await press('j'), await press('j'), await press('j'), await press('k')]).toEqual([1, 2, 2, 1]);
    const list = element.querySelector('[role=listbox]')!;
    expect(document.activeElement).toBe(list);
    list.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await fixture.whenStable();
    expect(element.querySelector('app-webhook-detail')).toBeNull();

    fixture.componentRef.setInput('tab', 'timeline');
    await fixture.whenStable();
    for (let step = 0; step < 4; step += 1) await press('j');
    expect(fixture.componentInstance.item()).toBe(2);
    expect(element.querySelector('app-timeline-row.chosen')).not.toBeNull();
    fixture.destroy();
  });

  describe('after the filter has changed', () => {
    async function filtering(tab: string) {
      const writer = new LogWriter();
      for (let at = 0; at < 60; at += 1) writer.agentSays(at, at === 20 ? 'the one' : 'another');
      const page = await renderInspector(writer, { tab });
      const { fixture, element } = page;
      document.body.append(element);
      const field = element.querySelector<HTMLInputElement>('input[type=search]')!;
      const filter = async (text: string) => {
        field.focus();
        field.value = text;
        field.dispatchEvent(new Event('input'));
        await fixture.whenStable();
      };
      const scroller = () => element.querySelector<HTMLElement>('[role=listbox]')!;
      const scrollTo = async (top: number) => {
        scroller().scrollTop = top;
        scroller().dispatchEvent(new Event('scroll'));
        await fixture.whenStable();
      };
      const isChosenInSight = () => {
        const row = element.querySelector('[role=option][aria-selected=true]')?.getBoundingClientRect();
        const list = scroller().getBoundingClientRect();
        return row !== undefined && row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
      };
      // The list measures itself when the browser tells it its size.
      await eventually(() => element.querySelectorAll('[role=option]').length > 10);
      return { ...page, field, filter, scroller, scrollTo, isChosenInSight };
    }

    for (const tab of ['webhooks', 'timeline']) {
      it(`has the chosen row in sight, and the focus where one types (${tab})`, async () => {
        const { fixture, element, field, filter, isChosenInSight } = await filtering(tab);
        await filter('the');
        await filter('the one');
        element.querySelector<HTMLElement>('[role=option]')!.click();
        await fixture.whenStable();
        const chosen = () => element.querySelector('[role=option][aria-selected=true]')?.id;
        const before = chosen();

        await filter('');
        expect(isChosenInSight()).toBeTrue();
        expect(document.activeElement).toBe(field);
        for (const text of ['sequence:1', 'type:content']) await filter(text);
        expect(isChosenInSight()).toBeTrue();
        expect(chosen()).toBe(before);
        for (const text of ['type:accept', '']) await filter(text);
        await eventually(isChosenInSight);
        expect(newest(element)?.ariaPressed).toBe('false');
        element.remove();
      });

      it(`stays where it is while nothing is chosen, and where the chosen row is in sight (${tab})`, async () => {
        const { fixture, element, filter, scroller, scrollTo } = await filtering(tab);
        await scrollTo(300);

        await filter('type:content');
        expect(scroller().scrollTop).toBe(300);
        element.querySelectorAll<HTMLElement>('[role=option]')[12]!.click();
        await fixture.whenStable();
        const at = scroller().scrollTop;
        await filter('');
        expect(scroller().scrollTop).toBe(at);
        element.remove();
      });
    }
  });

  it('lists calls by when they left, not by when they were answered', async () => {
    const writer = new LogWriter();
    writer.add(buildExchange({ summary: 'quick', startedAt: START + 50, durationMs: 5 }));
    writer.add(buildExchange({ summary: 'slow', startedAt: START, durationMs: 900 }));
    const { element } = await renderInspector(writer, { tab: 'requests' });

    const names = [...element.querySelectorAll('app-request-row .summary')].map(textOf);
    expect(names.map((name) => name?.trim())).toEqual(['slow', 'quick']);
    const store = TestBed.inject(InspectorStore);
    store.clear();
    expect(store.requests()).toEqual([]);
  });

  it('has keys for filter, follow, copy as cURL and send again', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    const body = { type: 'ms.PublishEvent', body: { dialogId: 'c1', event: { type: 'ChatStateEvent' } } };
    writer.add(
      buildExchange({ request: { method: 'POST', url: 'https://x.example.com/', headers: {}, body } }),
    );
    const { fixture, element } = await renderInspector(writer, { tab: 'requests', item: 2 });
    document.body.append(element);
    const copied = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    const again: unknown[] = [];
    fixture.componentInstance.sendAgain.subscribe((event) => again.push(event));
    const press = async (key: string) => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await fixture.whenStable();
    };

    await press('c');
    await press('r');
    await press('/');
    expect(copied.calls.mostRecent().args[0]).toContain('curl');
    expect(again).toEqual([{ dialogId: 'c1', event: { type: 'ChatStateEvent' } }]);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter');

    await press('f');
    expect(element.querySelector('app-request-detail')).toBeNull();
    expect(newest(element)?.ariaPressed).toBe('true');
    element.remove();
    fixture.destroy();
  });

  it('stays off the newest once that was switched off, and else is as it was before a choice', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'a').agentSays(1, 'b'));
    const item = async (id: number | null) => {
      fixture.componentRef.setInput('item', id);
      await fixture.whenStable();
    };
    newest(element)!.click();
    await fixture.whenStable();
    element.querySelector<HTMLElement>('[role=option]')!.click();
    await fixture.whenStable();
    expect(element.querySelector('app-webhook-detail')).not.toBeNull();
    await item(null);
    expect(newest(element)?.ariaPressed).toBe('false');

    newest(element)!.click();
    await fixture.whenStable();
    expect(newest(element)?.ariaPressed).toBe('true');
    await item(2);
    expect(newest(element)?.ariaPressed).toBe('false');
    await item(null);
    // All of the list is in sight, and nobody has switched it off since.
    expect(newest(element)?.ariaPressed).toBe('true');
    newest(element)!.click();
    fixture.componentRef.setInput('conversationId', asConversationId('another'));
    await fixture.whenStable();
    expect(newest(element)?.ariaPressed).toBe('true');
  });

  it('opens the list of the item that the URL names, a failed call at its answer', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ response: null, failure: 'No answer within 10 s', attempt: 2 }));
    const { element } = await renderInspector(writer, { tab: 'webhooks', item: 2 });

    expect(element.querySelector('#inspector-list-tab-requests')?.getAttribute('aria-selected')).toBe('true');
    expect(element.textContent).toContain('No answer within 10 s');
    expect(element.textContent).toContain('POST');
    await expectAccessible(element);
  });
});
