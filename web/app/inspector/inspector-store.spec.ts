import { TestBed } from '@angular/core/testing';

import { asConversationId } from '#protocol/identifiers';

import { TAB_STORAGE } from '../bridge/browser-storage';
import { buildExchange } from '../testing/build-exchange';
import { CONVERSATION, LogWriter } from '../testing/log-entries';
import { startInspector } from '../testing/provide-inspector';

describe('InspectorStore', () => {
  it('forgets what the bridge’s log has dropped, but for the conversation on the screen', () => {
    const { log, store } = startInspector();
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

  it('counts in the timeline the arrows that the filter leaves, as they are drawn', () => {
    const { log, store } = startInspector();
    const exchange = buildExchange();
    const writer = new LogWriter().opened().agentSays(0, 'Hello').echo(1, 'Hi');
    log.underWay.set([{ ...exchange, conversationId: CONVERSATION }]);
    log.deliver(...writer.entries);
    const all = store.timeline().length;

    for (const filter of ['role:agent', 'hi', 'status:waiting', 'nothing has this']) {
      store.filterText.set(filter);
      expect(store.matches()?.timeline)
        .withContext(filter)
        .toEqual({ shown: store.timeline().length, of: all });
    }
  });

  it('counts and shows a call to the cloud before it is answered, and its exchange in its place', () => {
    const { log, store } = startInspector();
    store.isAccountShown.set(true);
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
    expect(store.timeline().map(({ mark, tone }) => [mark, tone])).toEqual([
      ['waiting', 'waiting'],
      ['waiting', 'waiting'],
    ]);
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

  it('keeps the calls that waited when the lists were paused, and has their answers when they go on', () => {
    const { log, store } = startInspector();
    const exchange = buildExchange();
    log.underWay.set([{ ...exchange, conversationId: CONVERSATION }]);
    store.togglePause();
    const paused = store.requestRows();
    const writer = new LogWriter();
    writer.add(exchange);
    log.deliver(...writer.entries);
    log.underWay.set([{ ...exchange, exchangeId: 'later', conversationId: CONVERSATION }]);

    expect(store.requestRows().map(({ kind, name }) => [kind, name])).toEqual([['waiting', 'ContentEvent']]);
    expect(store.requestRows()).toEqual(paused);
    expect(store.waiting()).toBe(1);

    store.togglePause();
    expect(store.requestRows().map(({ kind }) => kind)).toEqual(['request', 'waiting']);
  });

  it('finds a call by the number that it had while it waited, also after others have ended', () => {
    const { log, store } = startInspector();
    const waiting = ['e1', 'e2'].map((exchangeId) => ({
      ...buildExchange({ exchangeId, summary: exchangeId }),
      conversationId: CONVERSATION,
    }));
    log.underWay.set(waiting);
    const id = store.requestRows().find(({ name }) => name === 'e2')!.id;
    expect(store.find(id)?.kind).toBe('waiting');
    log.underWay.set(waiting.slice(1));
    expect(store.requestRows().map((row) => row.id)).toEqual([id]);

    const writer = new LogWriter();
    writer.add(buildExchange({ exchangeId: 'e2' }));
    log.deliver(...writer.entries);

    expect(store.find(id)).toBe(store.findRequest('e2'));
  });

  it('leaves out of a conversation that has ended what happened to the account before and after it', () => {
    const { log, store } = startInspector();
    const writer = new LogWriter();
    const token = (summary: string) => writer.add(buildExchange({ summary }), null);
    token('before');
    writer.agentSays(0, 'a');
    token('during');
    writer.conversation({ state: 'CLOSE' });
    token('after');
    log.deliver(...writer.entries);
    log.underWay.set([{ ...buildExchange({ exchangeId: 'now', summary: 'now' }), conversationId: null }]);
    const names = () => store.requestRows().map(({ name }) => name);

    store.isAccountShown.set(true);
    expect(names()).toEqual(['during']);
    store.isEverything.set(true);
    expect(names()).toEqual(['before', 'during', 'after', 'now']);
  });

  it('hides calls of the account that went well, unless they are wanted or the filter names them', () => {
    const { log, store } = startInspector();
    const writer = new LogWriter().agentSays(0, 'a');
    writer.add(buildExchange({ summary: 'app token' }));
    writer.add(buildExchange({ summary: 'app installation' }), null);
    writer.add(buildExchange({ summary: 'sign in', response: null }), null);
    log.deliver(...writer.entries);
    log.underWay.set([{ ...buildExchange({ exchangeId: 'now', summary: 'now' }), conversationId: null }]);
    const names = () => store.requestRows().map(({ name }) => name);
    const drawn = () => store.timeline().some(({ title }) => title === 'app installation');

    expect(names()).toEqual(['app token', 'sign in']);
    expect([store.requestCount(), store.accountCalls(), drawn()]).toEqual([2, 1, false]);

    store.filterText.set('token');
    expect([names(), store.accountCalls()]).toEqual([['app token'], 0]);
    store.filterText.set('scope:account');
    expect([names(), store.accountCalls()]).toEqual([['app installation', 'sign in', 'now'], 0]);
    store.filterText.set('');

    store.isAccountShown.set(true);
    expect(names()).toEqual(['app token', 'app installation', 'sign in', 'now']);
    expect([store.accountCalls(), drawn()]).toEqual([1, true]);
    store.isAccountShown.set(false);
    store.isEverything.set(true);
    expect([names().length, store.accountCalls()]).toEqual([4, 0]);
  });

  it('shows calls of the account where no conversation is', () => {
    const { log, store } = startInspector();
    const writer = new LogWriter();
    writer.add(buildExchange({ summary: 'app installation' }), null);
    log.deliver(...writer.entries);
    store.conversationId.set(null);

    expect([store.requestCount(), store.accountCalls()]).toEqual([1, 0]);
  });

  it('shows what belongs to the conversation or to none, or everything', () => {
    const { log, store } = startInspector();
    store.isAccountShown.set(true);
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
    const { log, store } = startInspector();
    const writer = new LogWriter().agentSays(0, 'a');
    log.deliver(...writer.entries);
    store.togglePause();
    log.deliver(...writer.agentSays(1, 'b').entries.slice(1));
    expect([store.webhookCount(), store.waiting()]).toEqual([1, 1]);

    store.togglePause();
    expect([store.webhookCount(), store.waiting()]).toEqual([2, 0]);
  });

  it('clears from sight, and brings back', () => {
    const { log, store } = startInspector();
    const writer = new LogWriter().agentSays(0, 'a');
    log.deliver(...writer.entries);
    store.clear();
    log.deliver(...writer.agentSays(1, 'b').entries.slice(1));
    expect(store.webhooks().length).toBe(1);

    store.undoClear();
    expect(store.webhooks().length).toBe(2);
  });

  it('stays cleared after a reload of the tab, until the log begins anew', () => {
    const { log, store } = startInspector();
    const writer = new LogWriter().agentSays(0, 'a');
    log.deliver(...writer.entries);
    store.clear();
    TestBed.tick();
    const storage = TestBed.inject(TAB_STORAGE);
    TestBed.resetTestingModule();

    const after = startInspector(storage);
    after.log.deliver(...writer.agentSays(1, 'b').entries);
    expect(after.store.webhooks().length).toBe(1);

    after.log.reset();
    after.log.deliver(...writer.entries);
    expect(after.store.webhooks().length).toBe(2);
  });

  it('has its filter and the wish to see all conversations again after a reload of the tab', () => {
    const { store } = startInspector();
    store.filterText.set('role:agent');
    store.isEverything.set(true);
    TestBed.tick();
    const storage = TestBed.inject(TAB_STORAGE);
    TestBed.resetTestingModule();

    const after = startInspector(storage).store;

    expect([after.filterText(), after.isEverything()]).toEqual(['role:agent', true]);
  });

  it('exports what the list shows, as the log has it and in its order', () => {
    const { log, store } = startInspector();
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
    const { log, store } = startInspector();
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
    const { log, store } = startInspector();
    log.deliver(...new LogWriter().agentSays(0, 'a').entries);

    log.reset();
    expect(store.webhookCount()).toBe(0);
  });
});
