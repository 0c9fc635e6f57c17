import { connect } from 'node:net';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

import { STREAM_EVENTS } from '#protocol/bridge-events';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import { cursorOf, missedBefore, streamStart } from './stream-start.ts';

describe('the stream of events', () => {
  let world: World;
  let browser: TestBrowser;
  let now = Date.now();
  beforeEach(async () => {
    now = Date.now();
    world = await startWorld({ parts: { now: () => now, heartbeatMs: 20 } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('is an event stream that proxies do not hold back', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${world.bridge.origin}/api/events`, {
      headers: browser.cookieHeader,
      signal: leaving.signal,
    });

    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-cache');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    leaving.abort();
  });

  it('needs someone signed in', async () => {
    const answer = await new TestBrowser(world.bridge.origin).get('/api/events');

    expect(answer.status).toBe(401);
    expect(answer.problem().code).toBe('not-signed-in');
  });

  it('is none for who asks for the head only', async () => {
    const socket = connect(Number(new URL(world.bridge.origin).port), '127.0.0.1').setEncoding('utf8');
    const { cookie = '' } = browser.cookieHeader;
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    socket.write(
      `HEAD /api/events HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    );
    await once(socket, 'close');

    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer.split('\r\n\r\n')[1]).toBe('');
  });

  it('gives the whole log to a new page, then says that it has caught up', async () => {
    const conversation = await browser.openConversation();
    await browser.send(conversation, 'hi', 'm1');

    using events = browser.events();
    const caughtUp = await events.event(STREAM_EVENTS.caughtUp);

    const before = events.received.slice(0, events.received.indexOf(caughtUp));
    const sent = events.of('message-sent')[0];
    expect(before.some(({ id }) => id === String(sent?.sequence))).toBeTrue();
    expect(
      events.received
        .filter(({ name }) => name === STREAM_EVENTS.entry)
        .every(({ id, data }) => id === String((data as { sequence: number }).sequence)),
    ).toBeTrue();
  });

  it('goes on after the sequence that a page or a reconnect names, without a hole or a repetition', async () => {
    const conversation = await browser.openConversation();
    await browser.send(conversation, 'one', 'm1');
    using first = browser.events();
    await first.event(STREAM_EVENTS.caughtUp);
    const cut = first.entries[2]?.sequence ?? 0;

    using byQuery = browser.events(`?after=${cut}`);
    await byQuery.event(STREAM_EVENTS.caughtUp);
    const byHeader = await readFrames(world.bridge.origin, {
      ...browser.cookieHeader,
      'last-event-id': String(cut),
    });

    expect(byQuery.entries[0]?.sequence).toBe(first.entries[3]?.sequence ?? -1);
    expect(byHeader).toContain(`id: ${first.entries[3]?.sequence ?? -1}\n`);
    expect(byHeader).not.toContain(`id: ${cut}\n`);
  });

  it('tells each browser another moment to come back after a loss, within a second and a half', async () => {
    const streams = Array.from({ length: 8 }, () =>
      readFrames(world.bridge.origin, { ...browser.cookieHeader, 'last-event-id': '0' }),
    );

    const retries = (await Promise.all(streams)).map((text) => Number(/^retry: (\d+)\n/.exec(text)?.[1]));

    expect(new Set(retries).size).toBeGreaterThan(1);
    expect(retries.every((ms) => ms >= 1_000 && ms <= 1_500)).toBeTrue();
  });

  it('proves every few seconds that the way is open', async () => {
    using events = browser.events();

    const heartbeat = await events.event(STREAM_EVENTS.heartbeat);

    expect(heartbeat.data).toEqual({
      ...{ at: now, sequence: jasmine.any(Number), isStoring: true },
      droppedThrough: 0,
    });
  });

  it('tells a reader with a cursor of another log to start anew', async () => {
    await browser.openConversation();
    for (const cursor of [1, Number.MAX_SAFE_INTEGER]) {
      using events = browser.events(`?after=${cursor}`);

      const reset = await events.event(STREAM_EVENTS.reset);
      await events.event(STREAM_EVENTS.caughtUp);

      expect(reset.data).toEqual({ reason: 'cursor-unknown' });
      expect(events.received.indexOf(reset)).toBe(0);
      expect(events.of('conversation-opened').length).toBe(1);
    }
  });

  it('takes nonsense for no cursor', async () => {
    for (const query of ['?after=abc', '?after=-1', '?after=1e3', '?after=']) {
      using events = browser.events(query);
      await events.event(STREAM_EVENTS.caughtUp);

      expect(events.received.some(({ name }) => name === STREAM_EVENTS.reset)).toBeFalse();
    }
  });

  it('ends with a word on sign-out, on every tab', async () => {
    using one = browser.events();
    using two = browser.events();
    await Promise.all([one.event(STREAM_EVENTS.caughtUp), two.event(STREAM_EVENTS.caughtUp)]);

    await browser.post('/api/sign-out');

    expect((await one.event(STREAM_EVENTS.signedOut)).data).toEqual({ reason: 'signed-out' });
    expect((await two.event(STREAM_EVENTS.signedOut)).data).toEqual({ reason: 'signed-out' });
  });

  it('ends with a word when the session expires, and does not keep it alive itself', async () => {
    using events = browser.events();
    await events.event(STREAM_EVENTS.heartbeat);

    now += 2 * 60 * 60 * 1000;

    expect((await events.event(STREAM_EVENTS.signedOut)).data).toEqual({ reason: 'expired' });
  });

  it('ends when the bridge stops, in order and not by a cut connection', async () => {
    const request = get(`${world.bridge.origin}/api/events`, { headers: browser.cookieHeader });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => undefined).resume();
    const closed = once(response, 'close');

    await world.bridge[Symbol.asyncDispose]();
    await closed;

    expect(response.complete).toBeTrue();
  });

  it('writes no faster than it is read', async () => {
    const conversation = await browser.openConversation();
    for (let index = 0; index < 12; index += 1)
      await browser.send(conversation, 'x'.repeat(4000), `m${index}`);
    // A reader that never reads: everything beyond the buffers of the sockets must stay in the store.
    const socket = connect(Number(new URL(world.bridge.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.pause();
    socket.write(
      `GET /api/events HTTP/1.1\r\nHost: x\r\nCookie: ${String(browser.cookieHeader['cookie'])}\r\n\r\n`,
    );

    using other = browser.events();
    await other.event(STREAM_EVENTS.caughtUp);

    expect(other.of('message-sent').length).toBe(12);
    socket.destroy();
  });
});

describe('where a stream starts', () => {
  const bounds = { first: 1001, droppedThrough: 1100, newest: 1200 };

  it('is the start for a reader that has nothing', () => {
    expect(streamStart(0, bounds)).toEqual({ after: 0, notice: null });
  });

  it('is after the last entry of a reader that has missed nothing', () => {
    expect(streamStart(1100, bounds)).toEqual({ after: 1100, notice: null });
    expect(streamStart(1200, bounds)).toEqual({ after: 1200, notice: null });
  });

  it('comes with a word about entries that are gone', () => {
    expect(streamStart(1099, bounds)).toEqual({
      after: 1099,
      notice: { event: 'gap', data: { missed: null, oldest: 1101 } },
    });
  });

  it('is the start for a cursor of another log', () => {
    const notice = { event: 'reset', data: { reason: 'cursor-unknown' } } as const;
    expect(streamStart(999, bounds)).toEqual({ after: 0, notice });
    expect(streamStart(1201, bounds)).toEqual({ after: 0, notice });
  });

  it('tells of entries that are gone also when none came after them', () => {
    expect(missedBefore(undefined, 1099, bounds)?.data).toEqual({ missed: null, oldest: 1101 });
    expect(missedBefore({ sequence: 1101 }, 1099, bounds)?.event).toBe('gap');
    expect(missedBefore({ sequence: 1100 }, 1099, bounds)).toBeNull();
    expect(missedBefore(undefined, 1100, bounds)).toBeNull();
  });

  it('prefers what the reconnecting browser says to the query of its first request', () => {
    expect(cursorOf('7', '3')).toBe(7);
    expect(cursorOf(undefined, '3')).toBe(3);
    expect(cursorOf(undefined, null)).toBe(0);
    expect(cursorOf('99999999999999999999', null)).toBe(0);
    expect(cursorOf('9999999999999999', null)).toBe(0);
  });
});

/** The raw text of a stream until it has caught up. */
async function readFrames(origin: string, headers: Record<string, string>): Promise<string> {
  const leaving = new AbortController();
  const response = await fetch(`${origin}/api/events`, { headers, signal: leaving.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8');
    if (text.includes(STREAM_EVENTS.caughtUp)) break;
  }
  leaving.abort();
  return text;
}
