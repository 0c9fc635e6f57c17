import { TestBed } from '@angular/core/testing';

import { asAppKey, asConversationId } from '#protocol/identifiers';

import { expectAccessible } from '../testing/expect-accessible';
import {
  APP,
  CONVERSATION,
  LogWriter,
  OTHER_APP,
  buildNotification,
  buildMessage,
} from '../testing/log-entries';
import { startInspector } from '../testing/provide-inspector';
import { InspectorPane } from './inspector-pane';
import type { InspectorStore } from './inspector-store';

function startStore() {
  const { log, store } = startInspector();
  store.appKey.set(APP);
  return { log, store };
}

const namesOf = (store: InspectorStore) =>
  store.webhooks().map(({ type, otherApp }) => [type, otherApp?.name ?? otherApp?.appKey ?? null]);

/** The same two events for both apps, those for the other one first. */
const twice = () =>
  new LogWriter()
    .opened()
    .forApp(OTHER_APP)
    .agentState('COMPOSING')
    .agentSays(0, 'Hello')
    .forApp(APP)
    .agentState('COMPOSING')
    .agentSays(0, 'Hello');

describe('webhooks that the cloud delivered for another app', () => {
  it('are listed and told apart by the app’s key, and by its name once it is known; none is a duplicate', () => {
    const { log, store } = startStore();
    log.deliver(...twice().entries);

    expect(namesOf(store)).toEqual([
      ['ChatStateEvent', OTHER_APP],
      ['ContentEvent', OTHER_APP],
      ['ChatStateEvent', null],
      ['ContentEvent', null],
    ]);
    expect(store.otherApps()).toEqual([OTHER_APP]);
    expect(store.webhooks().flatMap(({ marks }) => marks)).toEqual([]);

    store.appNames.set(new Map([[OTHER_APP, 'Shop']]));

    expect(namesOf(store).slice(0, 2)).toEqual([
      ['ChatStateEvent', 'Shop'],
      ['ContentEvent', 'Shop'],
    ]);
  });

  it('are found, and left out, by the filter', () => {
    const { log, store } = startStore();
    store.appNames.set(new Map([[OTHER_APP, 'Shop']]));
    log.deliver(...twice().entries);
    const found = (filter: string) => {
      store.filterText.set(filter);
      return store.webhooks().map(({ id }) => id);
    };

    expect(found('app:other')).toEqual([2, 3]);
    expect(found('app:shop')).toEqual([2, 3]);
    expect(found('-app:other')).toEqual([4, 5]);
    expect(found(`app:${APP}`)).toEqual([4, 5]);
  });

  it('are one arrow each, into no chat, and nothing counts its time from them', () => {
    const { log, store } = startStore();
    log.deliver(...twice().entries);

    expect(
      store.timeline().map(({ from, to, title, mark }) => `${from}>${to} ${title} ${mark}`.trim()),
    ).toEqual([
      'agent>cloud ContentEvent',
      `cloud>bridge webhook COMPOSING for another app: ${OTHER_APP}`,
      `cloud>bridge webhook ContentEvent for another app: ${OTHER_APP}`,
      'agent>cloud COMPOSING',
      'cloud>bridge webhook COMPOSING',
      'bridge>consumer typing…',
      'cloud>bridge webhook ContentEvent',
      'bridge>consumer message in the chat',
    ]);
    expect(store.timeline().filter(({ since }) => since === 'leaving')).toEqual([]);
  });

  it('are told by the conversation’s own app: by the log, else by the app on the screen', () => {
    const { log, store } = startStore();
    store.isEverything.set(true);
    const another = asConversationId('another');
    const writer = new LogWriter(another);
    const notification = buildNotification(buildMessage({ sequence: 0 }));
    writer.add({ ...notification, appKey: OTHER_APP });
    writer.add({ ...notification, appKey: APP }, asConversationId('elsewhere'));
    log.deliver(...writer.entries);
    expect(namesOf(store)).toEqual([
      ['ContentEvent', OTHER_APP],
      ['ContentEvent', null],
    ]);

    const opened = new LogWriter(another)
      .opened()
      .entries.map((entry) => ({ ...entry, sequence: 3, appKey: OTHER_APP }));
    log.deliver(...opened);

    expect(namesOf(store).map(([, name]) => name)).toEqual([null, null]);
    store.appKey.set(asAppKey('app-3'));
    expect(namesOf(store).map(([, name]) => name)).toEqual([null, APP]);
  });

  it('say so in their row and in their details', async () => {
    const { log, store } = startStore();
    store.appNames.set(new Map([[OTHER_APP, 'Shop']]));
    log.deliver(...twice().entries);
    const fixture = TestBed.createComponent(InspectorPane);
    fixture.componentRef.setInput('conversationId', CONVERSATION);
    fixture.componentRef.setInput('tab', 'webhooks');
    fixture.componentRef.setInput('item', 3);
    const element = fixture.nativeElement as HTMLElement;
    element.style.cssText = 'display: grid; height: 600px; width: 900px';
    document.body.append(element);
    await fixture.whenStable();

    const rows = [...element.querySelectorAll('app-webhook-row')].map(({ textContent }) => textContent);
    expect(rows.map((text) => text.includes('for another app: Shop'))).toEqual([true, true, false, false]);
    expect(element.querySelector('app-webhook-detail')?.textContent).toContain(
      `Delivered for another app of this account, Shop (${OTHER_APP})`,
    );
    await expectAccessible(element);
    element.remove();
  });
});
