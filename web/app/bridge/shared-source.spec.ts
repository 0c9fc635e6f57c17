import type { LogEntry } from '#protocol/bridge-events';

import { FakeEventSources } from '../testing/fake-event-source';
import { LogWriter } from '../testing/log-entries';
import { SILENCE_LIMIT_MS } from './connection';
import { DirectSource } from './direct-source';
import type { SourceEvent, SourceReader } from './log-source';
import { SharedSource, WELCOME_LIMIT_MS } from './shared-source';
import { RECONNECT_LIMIT_MS } from './silence';
import { openTabLink } from './tab-link';

/** The tabs of one browser meet through its own locks and channels; the bridge's streams are the spec's. */
describe('SharedSource', () => {
  const [first, second, third] = new LogWriter().opened().submitted('m1', 'Hi').sent('m1', 0)
    .entries as unknown as readonly [LogEntry, LogEntry, LogEntry];
  let tabs: Tab[];
  let audience: string;
  beforeEach(() => {
    tabs = [];
    audience = crypto.randomUUID();
  });
  afterEach(() => {
    jasmine.clock().uninstall();
    for (const tab of tabs) tab.source.close();
  });

  function openTab(name = audience): Tab {
    const tab = new Tab(name);
    tabs.push(tab);
    return tab;
  }

  async function leaderWith(...entries: readonly LogEntry[]): Promise<Tab> {
    const leader = openTab();
    await leader.until(() => leader.streams.opened.length === 1);
    leader.streams.last.open();
    for (const entry of entries) leader.streams.last.send('entry', entry);
    leader.streams.last.send('caught-up', { sequence: entries.at(-1)?.sequence ?? 0 });
    return leader;
  }

  it('opens one stream for all tabs, and each of them has everything in order', async () => {
    const leader = await leaderWith(first);
    const [one, two] = [openTab(), openTab()];
    await one.until(() => one.isCaughtUp);
    await two.until(() => two.isCaughtUp);

    leader.streams.last.send('entry', second);
    await one.until(() => one.seen.length === 2);
    await two.until(() => two.seen.length === 2);

    expect([leader, one, two].map(({ seen }) => seen)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect([one, two].map(({ streams }) => streams.opened.length)).toEqual([0, 0]);
  });

  it('tells a tab that comes of the calls that are under way, and of their end', async () => {
    const leader = await leaderWith(first);
    const calls = { calls: [{ exchangeId: 'e1' }] };
    leader.streams.last.send('under-way', calls);
    const follower = openTab();
    await follower.until(() => follower.underWay.length > 0);
    leader.streams.last.send('under-way', { calls: [] });
    await follower.until(() => follower.underWay.length > 1);

    expect(follower.underWay).toEqual([JSON.stringify(calls), '{"calls":[]}']);
  });

  it('passes on the heartbeat, and whether the stream is lost', async () => {
    const leader = await leaderWith(first);
    const other = openTab();
    await other.until(() => other.isCaughtUp);

    leader.streams.last.send('heartbeat', { at: 1, sequence: 1, isStoring: true });
    await other.until(() => other.names.includes('heartbeat'));
    leader.streams.last.drop();
    await other.until(() => other.losses.length === 1);

    expect(other.losses).toEqual([false]);
  });

  it('hands the lead to the next tab when the leading one closes; it goes on where it was', async () => {
    const leader = await leaderWith(first, second);
    const [next, last] = [openTab(), openTab()];
    await next.until(() => next.isCaughtUp);
    await last.until(() => last.isCaughtUp);

    leader.source.close();
    await next.until(() => next.streams.opened.length === 1);
    next.streams.last.open();
    next.streams.last.send('entry', third);
    await last.until(() => last.seen.length === 3);

    expect(leader.streams.last.isClosed).toBeTrue();
    expect(next.streams.last.url).toBe('/api/events?after=2');
    expect([next.seen, last.seen]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(last.streams.opened.length).toBe(0);
  });

  it('gives a tab that was away what it missed, from its own newest entry on', async () => {
    const leader = await leaderWith(first);
    const away = openTab();
    await away.until(() => away.isCaughtUp);
    away.source.close();
    leader.streams.last.send('entry', second);
    leader.streams.last.send('entry', third);

    away.open();
    await away.until(() => away.seen.length === 3);

    expect(away.seen).toEqual([1, 2, 3]);
    expect(away.names).not.toContain('reset');
  });

  it('tells a tab whose newest entry is of another log to start anew', async () => {
    await leaderWith(first, third);
    const other = openTab();
    other.source.close();
    other.entriesInHand = [second];

    other.open();
    await other.until(() => other.names.includes('caught-up'));

    expect(other.names[0]).toBe('reset');
    expect(other.entries().map(({ sequence }) => sequence)).toEqual([1, 3]);
  });

  it('carries a long log in pages, and nothing that comes meanwhile is lost or doubled', async () => {
    const entries = Array.from({ length: 1_300 }, (_, index) => ({ ...first, sequence: index + 1 }));
    const leader = await leaderWith(...entries);
    const other = openTab();
    leader.streams.last.send('entry', { ...first, sequence: 1_301 });
    await other.until(() => other.seen.length === 1_301);

    expect(other.seen).toEqual(Array.from({ length: 1_301 }, (_, index) => index + 1));
  });

  it('ends for all tabs when the bridge says so', async () => {
    const leader = await leaderWith(first);
    const other = openTab();
    await other.until(() => other.isCaughtUp);

    leader.streams.last.send('signed-out', { reason: 'expired' });
    await other.until(() => other.names.includes('signed-out'));

    expect(leader.names).toContain('signed-out');
  });

  it('lets a tab that follows tell all others that the person signed out', async () => {
    const leader = await leaderWith(first);
    const [one, two] = [openTab(), openTab()];
    await one.until(() => one.isCaughtUp);
    await two.until(() => two.isCaughtUp);

    one.source.tellSignedOut();
    await leader.until(() => leader.names.includes('signed-out'));
    await two.until(() => two.names.includes('signed-out'));

    expect(one.names).not.toContain('signed-out');
  });

  it('shares nothing with the tabs of another person', async () => {
    await leaderWith(first);
    const stranger = openTab(crypto.randomUUID());
    await stranger.until(() => stranger.streams.opened.length === 1);

    expect(stranger.seen).toEqual([]);
  });

  it('takes a gap of the leader for its own only when it has not seen those entries', async () => {
    const leader = await leaderWith(first, second);
    const other = openTab();
    await other.until(() => other.isCaughtUp);

    leader.streams.last.send('gap', { missed: null, oldest: 3 });
    leader.streams.last.send('gap', { missed: null, oldest: 9 });
    leader.streams.last.send('heartbeat', { at: 1, sequence: 1, isStoring: true });
    await other.until(() => other.names.includes('heartbeat'));

    expect(other.names.filter((name) => name === 'gap').length).toBe(1);
  });

  it(
    'takes the lead from a tab that does not answer, and gives it up when it is taken',
    async () => {
      const frozen = await leaderWith(first);
      frozen.freeze();
      const other = openTab();
      // As the log does that has heard nothing for long.
      const tries = setInterval(() => other.source.retry(), RECONNECT_LIMIT_MS);

      await other.until(() => other.streams.opened.length === 1);
      clearInterval(tries);
      await frozen.until(() => frozen.streams.last.isClosed);

      expect(other.streams.last.url).toBe('/api/events?after=0');
    },
    RECONNECT_LIMIT_MS * 5,
  );

  it('is led by the same tab through a long outage, however often the tabs look for the bridge', async () => {
    const leader = await leaderWith(first);
    const others = [openTab(), openTab()];
    for (const other of others) await other.until(() => other.isCaughtUp);

    for (let round = 1; round <= 10; round += 1) {
      leader.streams.last.drop();
      for (const tab of [leader, ...others]) tab.source.retry();
      for (const other of others) await other.until(() => other.losses.length >= round);
    }
    // A tab that took what it was told before the outage for news would show "Live" in between.
    expect(others.map(({ names }) => names.filter((name) => name === 'caught-up').length)).toEqual([1, 1]);
    leader.streams.last.open();
    leader.streams.last.send('entry', second);
    for (const other of others) await other.until(() => other.seen.length === 2);

    expect(leader.streams.opened.map(({ isClosed }) => isClosed)).toEqual([
      ...Array.from({ length: 10 }, () => true),
      false,
    ]);
    expect(others.map(({ streams }) => streams.opened.length)).toEqual([0, 0]);
  });

  it('gives the lead of a tab that does not answer to one of many that ask in the same moment', async () => {
    const frozen = await leaderWith(first);
    const patience = [1, 0.5, 0, 0.25, 0.75];
    spyOn(Math, 'random').and.returnValues(...patience);
    const others = patience.map(() => openTab());
    for (const other of others) await other.until(() => other.isCaughtUp);
    frozen.freeze();
    jasmine.clock().install();

    for (const other of others) other.source.retry();
    jasmine.clock().tick(WELCOME_LIMIT_MS);
    const [, , heir] = others;
    await heir?.until(() => heir.streams.opened.length === 1);
    heir?.streams.last.send('entry', second);
    for (const other of others) await other.until(() => other.seen.length === 2);
    jasmine.clock().tick(WELCOME_LIMIT_MS / 2);

    expect(others.map(({ streams }) => streams.opened.length)).toEqual([0, 0, 1, 0, 0]);
  });

  it('tries to connect again when a tab asks while the stream is lost, though not at every asking', async () => {
    const leader = await leaderWith(first);
    leader.streams.last.drop();
    const clock = Date.now();
    const now = spyOn(Date, 'now').and.returnValue(clock + RECONNECT_LIMIT_MS + 1);

    for (const tab of [openTab(), openTab()]) await tab.until(() => tab.losses.length > 0);

    now.and.callThrough();
    expect(leader.streams.opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('opens the stream anew when a tab asks after a long silence', async () => {
    const leader = await leaderWith(first);
    const clock = Date.now();
    const now = spyOn(Date, 'now').and.returnValue(clock + SILENCE_LIMIT_MS + 1);

    const other = openTab();
    await other.until(() => other.losses.length > 0);

    now.and.callThrough();
    expect(leader.streams.opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(leader.streams.last.url).toBe('/api/events?after=1');
  });
});

/** A page of the app, as far as the source knows it. */
class Tab implements SourceReader {
  readonly streams = new FakeEventSources();
  readonly names: string[] = [];
  readonly losses: boolean[] = [];
  readonly seen: number[] = [];
  readonly underWay: string[] = [];
  source!: SharedSource;
  link!: ReturnType<typeof openTabLink>;
  private log: readonly LogEntry[] = [];
  private wake: (() => void)[] = [];

  constructor(private readonly audience: string) {
    this.streams.onChange = () => this.changed();
    this.open();
  }

  open(): void {
    this.link = openTabLink(this.audience);
    const openStream = (reader: SourceReader): DirectSource =>
      new DirectSource(() => this.streams.open(`/api/events?after=${reader.newest()}`), reader);
    this.source = new SharedSource({ link: this.link, openStream, reader: this });
  }

  /** Nothing reaches a frozen page, and it does nothing but lose the lead when another tab takes it. */
  freeze(): void {
    this.link.onMessage = () => undefined;
    const never = () => new Promise<never>(() => undefined);
    Object.assign(this.link.lead, { wait: never, take: never });
  }

  get isCaughtUp(): boolean {
    return this.names.includes('caught-up');
  }

  set entriesInHand(entries: readonly LogEntry[]) {
    this.log = entries;
  }

  opened(): void {
    this.changed();
  }

  received(event: SourceEvent): void {
    this.names.push(event.name);
    if (event.name === 'reset') this.log = [];
    if (event.name === 'under-way') this.underWay.push(event.data);
    if (event.name === 'entry') this.add(JSON.parse(event.data) as LogEntry);
    this.changed();
  }

  replayed(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.add(entry);
    this.changed();
  }

  lost(isRefused: boolean): void {
    this.losses.push(isRefused);
    this.changed();
  }

  newest(): number {
    return this.log.at(-1)?.sequence ?? 0;
  }

  entries(): readonly LogEntry[] {
    return this.log;
  }

  async until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await new Promise<void>((resolve) => this.wake.push(resolve));
  }

  private add(entry: LogEntry): void {
    this.log = [...this.log, entry];
    this.seen.push(entry.sequence);
  }

  private changed(): void {
    for (const wake of this.wake.splice(0)) wake();
  }
}
