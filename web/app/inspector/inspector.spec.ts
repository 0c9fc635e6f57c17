import { TestBed } from '@angular/core/testing';

import type { LogPayload } from '#protocol/bridge-events';
import { asConversationId } from '#protocol/identifiers';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import { EventLog } from '../bridge/event-log';
import { buildFailure } from '../testing/build-failure';
import { buildExchange } from '../testing/build-exchange';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeEventLog } from '../testing/fake-bridge';
import {
  APP,
  CONVERSATION,
  LogWriter,
  MAIN,
  START,
  buildMessage,
  buildNotification,
} from '../testing/log-entries';
import { memoryStorage } from '../testing/provide-conversation';
import { InspectorPane } from './inspector-pane';
import { InspectorStore } from './inspector-store';

const refusal: LogPayload = {
  ...{ kind: 'notification-refused', deliveryId: 'd9', status: 401, reason: 'body-differs', appKey: APP },
  ...{ detail: 'Expected sha1=abc', headers: { host: 'x' }, sizeBytes: 12 },
};

function startStore() {
  const log = new FakeEventLog();
  TestBed.configureTestingModule({
    providers: [
      InspectorStore,
      { provide: EventLog, useValue: log },
      { provide: BROWSER_STORAGE, useFactory: memoryStorage },
    ],
  });
  const store = TestBed.inject(InspectorStore);
  store.conversationId.set(CONVERSATION);
  return { log, store };
}

describe('InspectorStore', () => {
  it('forgets what the bridge’s log has dropped, but for the conversation on the screen', () => {
    const { log, store } = startStore();
    const writer = new LogWriter();
    for (let at = 0; at < 1_000; at += 1) {
      const conversationId = at % 100 === 0 ? CONVERSATION : asConversationId(`other-${at}`);
      writer.add(buildExchange({ exchangeId: `e${at}` }), conversationId);
    }
    log.deliver(...writer.entries);
    store.isEverything.set(true);
    expect(store.requestCount()).toBe(1_000);

    log.forgetThrough(950);

    expect(store.requestCount()).toBe(50 + 10);
    store.conversationId.set(asConversationId('other-960'));
    log.forgetThrough(980);
    expect(store.requestCount()).toBe(20 + 1);
  });

  it('counts and shows a call to the cloud before it is answered, and its exchange in its place', () => {
    const { log, store } = startStore();
    const exchange = buildExchange();
    log.underWay.set([
      { ...exchange, conversationId: CONVERSATION },
      { ...exchange, exchangeId: 'e2', conversationId: asConversationId('another') },
      { ...exchange, exchangeId: 'e3', conversationId: null, summary: 'app token' },
    ]);
    expect(store.requestCount()).toBe(2);
    expect(store.requestRows().map(({ kind, name }) => [kind, name])).toEqual([
      ['waiting', 'ContentEvent'],
      ['waiting', 'app token'],
    ]);
    expect(store.timeline().map(({ mark }) => mark)).toEqual(['waiting', 'waiting']);
    store.filterText.set('type:x app');
    expect(store.matches()?.requests).toEqual({ shown: 0, of: 2 });
    expect([store.requestRows().length, store.timeline().length, store.requestCount()]).toEqual([0, 0, 2]);
    store.filterText.set('');

    const writer = new LogWriter();
    writer.add(exchange);
    // The bridge tells of the end a little later than the log.
    log.deliver(...writer.entries);

    expect(store.requestRows().map(({ kind, name }) => [kind, name])).toEqual([
      ['request', 'ContentEvent'],
      ['waiting', 'app token'],
    ]);
    log.underWay.set([]);
    expect(store.requestCount()).toBe(1);
  });

  it('shows what belongs to the conversation or to none, or everything', () => {
    const { log, store } = startStore();
    const writer = new LogWriter().agentSays(0, 'here');
    writer.add(buildExchange({ summary: 'app token' }), null);
    writer.add(buildExchange(), asConversationId('another'));
    log.deliver(...writer.entries);
    store.conversationId.set(CONVERSATION);
    expect([store.webhookCount(), store.requestCount()]).toEqual([1, 1]);

    store.conversationId.set(asConversationId('another'));
    expect([store.webhookCount(), store.requestCount()]).toEqual([0, 1]);

    store.isEverything.set(true);
    expect([store.webhookCount(), store.requestCount()]).toEqual([1, 2]);
  });

  it('holds still while paused and says how much came', () => {
    const { log, store } = startStore();
    const writer = new LogWriter().agentSays(0, 'a');
    log.deliver(...writer.entries);
    store.togglePause();
    log.deliver(...writer.agentSays(1, 'b').entries.slice(1));
    expect([store.webhookCount(), store.waiting()]).toEqual([1, 1]);

    store.togglePause();
    expect([store.webhookCount(), store.waiting()]).toEqual([2, 0]);
  });

  it('clears from sight, and brings back', () => {
    const { log, store } = startStore();
    const writer = new LogWriter().agentSays(0, 'a');
    log.deliver(...writer.entries);
    store.clear();
    log.deliver(...writer.agentSays(1, 'b').entries.slice(1));
    expect(store.webhooks().length).toBe(1);

    store.undoClear();
    expect(store.webhooks().length).toBe(2);
  });

  it('exports what the list shows, as the log has it and in its order', () => {
    const { log, store } = startStore();
    const writer = new LogWriter().agentSays(1, 'keep b').agentSays(0, 'keep a').agentSays(2, 'drop');
    writer.add(buildExchange());
    log.deliver(...writer.entries);
    store.filterText.set('keep');

    const exported = JSON.parse(store.exportOf('webhooks')) as object;
    expect(exported).toEqual({
      ...{ conversationId: CONVERSATION, list: 'webhooks', filter: 'keep' },
      entries: JSON.parse(JSON.stringify(writer.entries.slice(0, 2))) as unknown,
    });

    store.filterText.set('');
    const all = JSON.parse(store.exportOf('timeline')) as { readonly entries: readonly unknown[] };
    expect(all.entries.length).toBe(4);
  });

  it('marks a webhook that the bridge let fall again, with the newest count, and finds it by that', () => {
    const { log, store } = startStore();
    const writer = new LogWriter().agentSays(0, 'a').agentSays(1, 'b');
    log.deliver(...writer.entries);
    const again = (count: number) => writer.add({ kind: 'webhook-duplicate', original: 1, count });
    log.deliver(again(1));
    log.deliver(again(3));

    const [first, second] = store.webhooks();
    expect(first?.marks.map(({ kind, repetitions }) => [kind, repetitions])).toEqual([['duplicate', 3]]);
    expect(first?.marks[0]?.words).toMatch(
      /^it came 3 times more, the last at .*; the bridge counts it once\.$/,
    );
    expect(second?.marks).toEqual([]);
    store.filterText.set('mark:duplicate');
    expect(store.webhooks().map(({ id }) => id)).toEqual([1]);
    expect(store.webhookCount()).toBe(2);
  });

  it('forgets everything when the log starts anew', () => {
    const { log, store } = startStore();
    log.deliver(...new LogWriter().agentSays(0, 'a').entries);

    log.reset();
    expect(store.webhookCount()).toBe(0);
  });
});

const newest = (element: Element) =>
  [...element.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Newest');
const textOf = (element: Element | null) => element?.textContent.replace(/\s+/g, ' ').trim();

describe('InspectorPane', () => {
  async function renderPane(writer: LogWriter, inputs: Record<string, unknown> = {}) {
    const { log } = startStore();
    log.deliver(...writer.entries);
    const fixture = TestBed.createComponent(InspectorPane);
    fixture.componentRef.setInput('conversationId', CONVERSATION);
    for (const [name, value] of Object.entries({ tab: 'webhooks', ...inputs }))
      fixture.componentRef.setInput(name, value);
    const element = fixture.nativeElement as HTMLElement;
    element.style.cssText = 'display: flex; height: 600px; width: 700px';
    const tabs: string[] = [];
    fixture.componentInstance.tabChange.subscribe((tab) => tabs.push(tab));
    await fixture.whenStable();
    return { fixture, element, tabs };
  }

  it('tells between the rows what has not come, steps over it, and forgets it when it comes or the history has it', async () => {
    const writer = new LogWriter().agentReceipt('ACCEPT', [1], 10).agentSays(11, 'a').agentSays(13, 'c');
    const { fixture, element } = await renderPane(writer, { item: 2 });
    const texts = () => [...element.querySelectorAll('[role=option]')].map((row) => textOf(row)!);
    expect(texts()[2]).toBe('sequence 12 has not come');
    expect(textOf(element.querySelector('[role=tab][aria-selected=true]'))).toBe('Webhooks 3');
    await expectAccessible(element);

    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    await fixture.whenStable();
    expect(fixture.componentInstance.item()).toBe(3);

    fixture.componentRef.setInput('tab', 'timeline');
    await fixture.whenStable();
    const gap = element.querySelector('[role=option][aria-disabled=true] app-timeline-row')!;
    expect(textOf(gap)).toContain('sequence 12 has not come');
    expect(gap.getAttribute('title')).toContain('Not here: 12.');

    fixture.componentRef.setInput('recorded', [{ dialogId: MAIN, sequence: 12 }]);
    await fixture.whenStable();
    expect(texts().filter((text) => text.includes('has not come'))).toEqual([]);
  });

  it('says what will appear while there is nothing', async () => {
    const { element } = await renderPane(new LogWriter());

    expect(element.textContent).toContain('No webhook yet');
    await expectAccessible(element);
  });

  it('says that there is no such conversation, or that the log is not read yet', async () => {
    const { fixture, element } = await renderPane(new LogWriter(), { isMissing: true });
    expect(element.textContent).toContain('There is no such conversation');

    fixture.componentRef.setInput('isMissing', false);
    TestBed.inject(EventLog).connection.set({ kind: 'connecting' });
    await fixture.whenStable();
    expect(element.textContent).toContain('The log is being read');
  });

  it('says that the stream is refused and what to do, instead of waiting for the log', async () => {
    const { fixture, element } = await renderPane(new LogWriter());
    const log = TestBed.inject(EventLog);
    log.connection.set({ kind: 'reconnecting', since: START });
    log.refusal.set(buildFailure('too-many-streams'));
    await fixture.whenStable();

    expect(element.textContent).not.toContain('The log is being read');
    expect(element.textContent).toContain('Too many tabs of this browser hear from the server');
    expect(element.textContent).toContain('Close tabs of this app that you do not need');
    await expectAccessible(element);
  });

  it('names the columns, and marks what is the account’s or another conversation’s', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ summary: 'app token' }), null);
    writer.add(buildExchange({ summary: 'other' }), asConversationId('99999999-another'));
    const { fixture, element } = await renderPane(writer);
    expect(textOf(element.querySelector('app-webhook-heads'))).toBe('TimeTypeRoleSummaryTookSequenceVerdict');
    expect(element.querySelector('app-webhook-row .scope')).toBeNull();

    fixture.componentRef.setInput('tab', 'requests');
    TestBed.inject(InspectorStore).isEverything.set(true);
    await fixture.whenStable();
    expect(textOf(element.querySelector('app-request-heads'))).toBe(
      'TimeMethodStatusSummaryHost and pathTook',
    );
    expect([...element.querySelectorAll('app-request-row .scope')].map(textOf)).toEqual([
      'account',
      '99999999',
    ]);
    await expectAccessible(element);

    TestBed.inject(InspectorStore).filterText.set('-scope:account');
    await fixture.whenStable();
    expect(element.querySelectorAll('app-request-row').length).toBe(1);
  });

  it('tells a mistake in the filter, with an example that suits the list', async () => {
    const { fixture, element } = await renderPane(new LogWriter().agentSays(0, 'a'));
    const filter = element.querySelector('input')!;
    expect(filter.placeholder).toContain('role:agent');

    filter.value = 'role:agnt sequence:>x';
    filter.dispatchEvent(new Event('input'));
    await fixture.whenStable();

    const told = textOf(element.querySelector('[role=status]'));
    expect(told).toContain('Nothing here has “agnt” in “role”');
    expect(told).toContain('“sequence” needs a number, as in sequence:>3; “x” is a word.');
    await expectAccessible(element);
  });

  it('empties a filter that nothing matches, and has the keyboard in the field', async () => {
    const { fixture, element } = await renderPane(new LogWriter().agentSays(0, 'a'));
    document.body.append(element);
    TestBed.inject(InspectorStore).filterText.set('nowhere');
    await fixture.whenStable();

    element.querySelector<HTMLElement>('app-list-empty button')!.click();
    await fixture.whenStable();

    expect(element.querySelector('input')!.value).toBe('');
    expect(element.querySelector('app-list-empty')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter');
    element.remove();
  });

  it('counts both lists on their tabs and asks for the other one', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange());
    const { element, tabs } = await renderPane(writer);
    const [, webhooks, requests] = element.querySelectorAll<HTMLElement>('[role=tab]');

    expect(webhooks!.textContent.replace(/\s+/g, ' ').trim()).toBe('Webhooks 1');
    requests!.click();
    expect(tabs).toEqual(['requests']);
    await expectAccessible(element);
  });

  it('shows the whole notification with all its changes', async () => {
    const writer = new LogWriter();
    const change = {
      kind: 'notification',
      deliveryId: 'two',
      appKey: APP,
      type: 'ms.MessagingEventNotification',
    } as const;
    const rest = { signature: 'valid', headers: { 'x-test': 'yes' }, sizeBytes: 9, changeCount: 2 } as const;
    writer.add({ ...change, ...rest, changeIndex: 0, change: buildMessage({ text: 'first' }) });
    writer.add({ ...change, ...rest, changeIndex: 1, change: buildMessage({ text: 'second', sequence: 1 }) });
    const { element } = await renderPane(writer, { item: 2 });

    const json = element.querySelector('app-json-view')!.textContent;
    expect(json).toContain('"first"');
    expect(json).toContain('"second"');
    expect(element.textContent).toContain('2 of 2');
    await expectAccessible(element);
  });

  it('steps from row to row by keys, from wherever the focus is', async () => {
    const { fixture, element } = await renderPane(new LogWriter().agentSays(0, 'a').agentSays(1, 'b'));
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

  it('lists calls by when they left, not by when they were answered', async () => {
    const writer = new LogWriter();
    writer.add(buildExchange({ summary: 'quick', startedAt: START + 50, durationMs: 5 }));
    writer.add(buildExchange({ summary: 'slow', startedAt: START, durationMs: 900 }));
    const { element } = await renderPane(writer, { tab: 'requests' });

    const names = [...element.querySelectorAll('app-request-row .summary')].map(textOf);
    expect(names.map((name) => name?.trim())).toEqual(['slow', 'quick']);
    const store = TestBed.inject(InspectorStore);
    store.clear();
    expect(store.requests()).toEqual([]);
  });

  it('offers no tools beside a conversation that is not there, but to see the others', async () => {
    const { element } = await renderPane(new LogWriter(), { isMissing: true });
    const tools = element.querySelector('app-inspector-tools')!;

    const enabled = [...tools.querySelectorAll<HTMLInputElement>('input, button')].filter(
      ({ disabled }) => !disabled,
    );
    expect(enabled.map(({ type }) => type)).toEqual(['checkbox']);
    await expectAccessible(element);
  });

  it('has keys for filter, follow, copy as cURL and send again', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    const body = { type: 'ms.PublishEvent', body: { dialogId: 'c1', event: { type: 'ChatStateEvent' } } };
    writer.add(
      buildExchange({ request: { method: 'POST', url: 'https://x.example.com/', headers: {}, body } }),
    );
    const { fixture, element } = await renderPane(writer, { tab: 'requests', item: 2 });
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
    const { fixture, element } = await renderPane(new LogWriter().agentSays(0, 'a').agentSays(1, 'b'));
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

  it('shows a message as it was handed over, where a chain of calls begins', async () => {
    const { element } = await renderPane(new LogWriter().opened().submitted('m1', 'by hand'), {
      ...{ tab: 'timeline', item: 2 },
    });

    const detail = element.querySelector('app-written-detail')!;
    expect(detail.textContent).toContain('m1');
    expect(detail.textContent).toContain('by hand');
    await expectAccessible(element);
  });

  it('says how long a webhook took until it was stored and answered', async () => {
    const writer = new LogWriter();
    writer.add({ ...buildNotification(buildMessage({ text: 'a' })), handledMs: 0.42 });
    const { element } = await renderPane(writer, { item: 1 });

    expect(element.querySelector('app-webhook-row')?.textContent).toContain('0.42 ms');
    expect(element.querySelector('app-webhook-detail')?.textContent).toContain(
      '0.42 ms, then stored and answered',
    );
  });

  it('says when the cloud stamped what came later', async () => {
    const writer = new LogWriter();
    const change = { ...buildMessage({ sequence: 1 }), serverTimestamp: START - 500 };
    const { element } = await renderPane(writer.notification(change), { item: 1 });

    expect(textOf(element.querySelector('.facts'))).toContain('1.5 s after the cloud stamped it at');
  });

  it('marks a refused webhook and says what was wrong', async () => {
    const writer = new LogWriter();
    writer.add(refusal, null);
    const { element } = await renderPane(writer, { item: 1 });

    expect(element.textContent).toContain('Refused with HTTP 401');
    expect(element.textContent).toContain('Expected sha1=abc');
    await expectAccessible(element);
  });

  it('opens the list of the item that the URL names, a failed call at its answer', async () => {
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ response: null, failure: 'No answer within 10 s', attempt: 2 }));
    const { element } = await renderPane(writer, { tab: 'webhooks', item: 2 });

    expect(element.querySelector('#inspector-list-tab-requests')?.getAttribute('aria-selected')).toBe('true');
    expect(element.textContent).toContain('No answer within 10 s');
    expect(element.textContent).toContain('POST');
    await expectAccessible(element);
  });
});
