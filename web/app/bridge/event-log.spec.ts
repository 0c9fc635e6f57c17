import { TestBed } from '@angular/core/testing';

import type { LogEntry } from '#protocol/bridge-events';

import { FakeEventSources } from '../testing/fake-event-source';
import { LogWriter } from '../testing/log-entries';
import { SILENCE_LIMIT_MS } from './connection';
import { EVENT_SOURCE_FACTORY } from './event-source-factory';
import { EventLog } from './event-log';
import { SessionEnd } from './session-end';
import { TAB_LINK } from './tab-link';

describe('EventLog', () => {
  const [first, second, third] = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0)
    .entries as unknown as readonly [LogEntry, LogEntry, LogEntry];

  function openLog() {
    const sources = new FakeEventSources();
    TestBed.configureTestingModule({
      providers: [
        { provide: EVENT_SOURCE_FACTORY, useValue: sources.open },
        { provide: TAB_LINK, useValue: null },
      ],
    });
    const log = TestBed.inject(EventLog);
    const seen: number[] = [];
    log.follow((entries) => seen.push(...entries.map(({ sequence }) => sequence)));
    log.open('demo/kim');
    sources.last.open();
    return { log, sources, seen };
  }

  beforeEach(() =>
    jasmine
      .clock()
      .install()
      .mockDate(new Date(Date.UTC(2026, 0, 15))),
  );
  afterEach(() => jasmine.clock().uninstall());

  const delivered = () => Promise.resolve();

  it('hands each entry over once and in order, also when a reconnect repeats some', async () => {
    const { sources, seen } = openLog();

    for (const entry of [first, second, second, first, third]) sources.last.send('entry', entry);
    await delivered();

    expect(seen).toEqual([1, 2, 3]);
  });

  it('knows the calls under way until the bridge tells of others, and none while the stream is lost', () => {
    const { log, sources } = openLog();
    const calls = () => log.underWay().map(({ exchangeId }) => exchangeId);
    sources.last.send('caught-up', { sequence: 0 });

    sources.last.send('under-way', { calls: [{ exchangeId: 'e1' }, { exchangeId: 'e2' }] });
    expect(calls()).toEqual(['e1', 'e2']);
    sources.last.send('under-way', { calls: [{ exchangeId: 'e2' }] });
    expect(calls()).toEqual(['e2']);

    sources.last.drop();
    expect(calls()).toEqual([]);
    sources.last.open();
    sources.last.send('caught-up', { sequence: 0 });
    expect(calls()).toEqual([]);
  });

  it('holds no more than the bridge’s log does, however long it is open, and knows where to go on', async () => {
    const { log, sources, seen } = openLog();
    sources.last.send('caught-up', { sequence: 0 });
    const dropped: number[] = [];
    log.follow(
      () => undefined,
      undefined,
      (forgotten) => dropped.push(forgotten.dropped.length),
    );
    for (let sequence = 1; sequence <= 20_000; sequence += 1) {
      sources.last.send('entry', { ...first, sequence });
      if (sequence % 1_000 > 0) continue;
      await delivered();
      const droppedThrough = Math.max(0, sequence - 2_000);
      sources.last.send('heartbeat', { at: 0, sequence, droppedThrough });
    }
    expect(seen.length).toBe(20_000);
    expect(dropped).toEqual(Array(18).fill(1_000));
    const kept: number[] = [];
    log.follow((entries) => kept.push(...entries.map(({ sequence }) => sequence)));
    expect([kept.length, kept[0]]).toEqual([2_000, 18_001]);

    sources.last.send('heartbeat', { at: 0, sequence: 20_000, droppedThrough: 20_000 });
    sources.last.refuse();
    log.retryNow();

    expect(sources.last.url).toContain('after=20000');
  });

  it('gives a late follower everything that came before', async () => {
    const { log, sources } = openLog();
    sources.last.send('entry', first);
    sources.last.send('entry', second);
    await delivered();
    const late: number[] = [];

    log.follow((entries) => late.push(...entries.map(({ sequence }) => sequence)));

    expect(late).toEqual([1, 2]);
  });

  it('stops telling a follower that has left', async () => {
    const { log, sources } = openLog();
    const told: unknown[] = [];
    log.follow((entries) => told.push(entries))();

    sources.last.send('entry', first);
    await delivered();

    expect(told).toEqual([]);
  });

  it('is live only when everything stored has arrived', () => {
    const { log, sources } = openLog();
    expect(log.connection().kind).toBe('connecting');

    sources.last.send('entry', first);
    sources.last.send('heartbeat', { at: 1, sequence: 1, isStoring: true });
    expect(log.connection()).toEqual({ kind: 'catching-up', received: 1 });

    sources.last.send('caught-up', { sequence: 1 });
    expect(log.connection()).toEqual({ kind: 'live' });
  });

  it('tells of a gap until the person has read it', () => {
    const { log, sources } = openLog();

    sources.last.send('gap', { missed: 7, oldest: 8 });
    sources.last.send('entry', first);
    sources.last.send('caught-up', { sequence: 1 });
    sources.last.send('heartbeat', { at: 1, sequence: 1, isStoring: true });
    expect(log.connection()).toEqual({ kind: 'gap', missed: 7 });

    log.acknowledgeGap();
    expect(log.connection()).toEqual({ kind: 'live' });
  });

  it('leaves live and connects anew from where it was after a silence, without any error of the socket', async () => {
    const { log, sources } = openLog();
    sources.last.send('entry', second);
    sources.last.send('caught-up', { sequence: 2 });
    await delivered();

    jasmine.clock().tick(SILENCE_LIMIT_MS + 1);

    expect(log.connection().kind).toBe('reconnecting');
    expect(sources.opened.map(({ url }) => url)).toEqual([
      jasmine.stringMatching(/after=0&page=[\d-]+$/),
      jasmine.stringMatching(/after=2&page=[\d-]+$/),
    ]);
    expect(sources.opened[0]?.isClosed).toBeTrue();
  });

  it('does not wait for a try to connect that a lost network has swallowed', () => {
    const { log, sources } = openLog();
    sources.last.send('caught-up', { sequence: 0 });
    jasmine.clock().tick(SILENCE_LIMIT_MS + 1);
    expect(sources.opened.length).toBe(2);

    jasmine.clock().tick(3_001);
    expect(sources.opened.length).toBe(3);
    expect(sources.opened[1]?.isClosed).toBeTrue();

    sources.last.open();
    jasmine.clock().tick(SILENCE_LIMIT_MS - 1);
    expect(sources.opened.length).toBe(3);
    sources.last.send('heartbeat', { at: 1, sequence: 0, isStoring: true });
    expect(log.connection().kind).toBe('live');
  });

  it('is live again at the next sign of life', () => {
    const { log, sources } = openLog();
    sources.last.drop();
    expect(log.connection().kind).toBe('reconnecting');

    sources.last.open();
    sources.last.send('heartbeat', { at: 1, sequence: 0, isStoring: true });

    expect(log.connection().kind).toBe('live');
  });

  it('takes a bridge that does not say whether it can store for one that can', () => {
    const { log, sources } = openLog();

    sources.last.send('heartbeat', { at: 1, sequence: 0, isStoring: false });
    expect(log.isStoring()).toBeFalse();

    sources.last.send('heartbeat', { at: 2, sequence: 0 });
    expect(log.isStoring()).toBeTrue();
  });

  it('opens the stream again by itself after a refusal, and counts it', () => {
    const { log, sources } = openLog();
    sources.last.refuse();

    jasmine.clock().tick(2_001);

    expect(log.refusals()).toBe(1);
    expect(sources.opened.length).toBe(2);
  });

  it('does not wait when the network is back', () => {
    const { sources } = openLog();
    sources.last.refuse();

    window.dispatchEvent(new Event('online'));

    expect(sources.opened.length).toBe(2);
  });

  it('leaves live as soon as the browser says that the network is gone, and asks the bridge itself', () => {
    const { log, sources } = openLog();
    sources.last.send('caught-up', { sequence: 0 });

    window.dispatchEvent(new Event('offline'));

    expect(log.connection().kind).toBe('offline');
    expect(sources.opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    jasmine.clock().tick(3_001);
    expect(sources.opened.length).toBe(3);
    expect(log.connection().kind).not.toBe('live');
  });

  it('is live without any network when the bridge is on this machine', () => {
    const { log, sources } = openLog();
    window.dispatchEvent(new Event('offline'));

    sources.last.open();
    sources.last.send('caught-up', { sequence: 0 });

    expect(log.connection().kind).toBe('live');
  });

  it('connects at once when the lost network is back', () => {
    const { log, sources } = openLog();
    sources.last.send('caught-up', { sequence: 0 });
    window.dispatchEvent(new Event('offline'));

    window.dispatchEvent(new Event('online'));
    sources.last.open();
    sources.last.send('caught-up', { sequence: 0 });

    expect(sources.opened.length).toBe(3);
    expect(log.connection().kind).toBe('live');
  });

  it('stays closed when the network goes and comes after the session ended', () => {
    const { log, sources } = openLog();
    sources.last.send('signed-out', { reason: 'expired' });

    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));

    expect(log.connection().kind).toBe('closed');
    expect(sources.opened.length).toBe(1);
  });

  it('tells of an unread gap again after the stream was lost', () => {
    const { log, sources } = openLog();
    sources.last.send('gap', { missed: 7, oldest: 8 });
    sources.last.drop();
    expect(log.connection().kind).toBe('reconnecting');

    sources.last.open();
    sources.last.send('caught-up', { sequence: 0 });

    expect(log.connection()).toEqual({ kind: 'gap', missed: 7 });
  });

  it('starts anew when the log was cleared', async () => {
    const { log, sources } = openLog();
    sources.last.send('entry', third);
    await delivered();
    let resets = 0;
    log.follow(
      () => undefined,
      () => (resets += 1),
    );

    sources.last.send('reset', { reason: 'log-cleared' });
    const seen: number[] = [];
    log.follow((entries) => seen.push(...entries.map(({ sequence }) => sequence)));
    sources.last.send('entry', first);
    await delivered();

    expect(resets).toBe(1);
    expect(seen).toEqual([1]);
  });

  it('closes for good and says why when the session ended', () => {
    const { log, sources } = openLog();

    sources.last.send('signed-out', { reason: 'expired' });
    jasmine.clock().tick(SILENCE_LIMIT_MS * 2);

    expect(log.signedOut()).toBe('expired');
    expect(TestBed.inject(SessionEnd).reason()).toBe('expired');
    expect(log.connection().kind).toBe('closed');
    expect(sources.opened.length).toBe(1);
  });
});
