import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

/** One stream as a page has it: its text so far, until the page leaves. */
class Page implements Disposable {
  readonly response: Promise<Response>;
  private readonly leaving = new AbortController();

  constructor(browser: TestBrowser, query = '') {
    const { cookieHeader: headers } = browser;
    this.response = fetch(`${browser.origin}/api/events${query}`, { headers, signal: this.leaving.signal });
  }

  get status(): Promise<number> {
    return this.response.then(({ status }) => status);
  }

  /** Resolves when the bridge has ended the stream. */
  async ended(): Promise<void> {
    const { body } = await this.response;
    // A connection that is cut ends it, too.
    await body?.pipeTo(new WritableStream()).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.leaving.abort();
  }
}

describe('the streams of one session', () => {
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    world = await startWorld({ config: { streamsPerSession: 2 } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('are so many and no more: the next one is refused, with words on what to do', async () => {
    using first = new Page(browser);
    using second = new Page(browser);
    expect(await Promise.all([first.status, second.status])).toEqual([200, 200]);

    const refused = await browser.get('/api/events');

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.problem()).toEqual(
      jasmine.objectContaining({
        code: 'too-many-streams',
        detail: jasmine.stringMatching(/as it may \(STREAMS_MAX_PER_SESSION: 2\); close one/),
      }),
    );
  });

  it('tell who asks whether there would be another one, and take it when one has closed', async () => {
    const peek = () => browser.get('/api/events?peek');
    using first = new Page(browser);
    expect(await first.status).toBe(200);
    expect((await peek()).status).toBe(204);

    using second = new Page(browser);
    expect(await second.status).toBe(200);
    expect((await peek()).problem().code).toBe('too-many-streams');

    first[Symbol.dispose]();
    // It is the end of a connection that the bridge has to hear of.
    while ((await peek()).status !== 204);
    using third = new Page(browser);
    expect(await third.status).toBe(200);
  });

  it('leave those of other sessions alone', async () => {
    using first = new Page(browser);
    using second = new Page(browser);
    await Promise.all([first.status, second.status]);
    const other = new TestBrowser(world.bridge.origin);
    await other.signInToDemo();

    using others = new Page(other);

    expect(await others.status).toBe(200);
  });

  it('are one for each page: asking again ends the one before, whose connection may be lost unnoticed', async () => {
    using lost = new Page(browser, '?page=the-same-page');
    using another = new Page(browser, '?page=another-page');
    expect(await Promise.all([lost.status, another.status])).toEqual([200, 200]);

    using again = new Page(browser, '?page=the-same-page');

    expect(await again.status).toBe(200);
    await expectAsync(lost.ended()).toBeResolved();
    expect((await browser.get('/api/events?peek')).problem().code).toBe('too-many-streams');
  });

  it('go on when their page only asks whether there would be one', async () => {
    using first = new Page(browser, '?page=the-same-page');
    expect(await first.status).toBe(200);

    expect((await browser.get('/api/events?page=the-same-page&peek')).status).toBe(204);

    // Both count: the first has not ended.
    using second = new Page(browser, '?page=another-page');
    expect(await second.status).toBe(200);
    expect((await browser.get('/api/events?peek')).problem().code).toBe('too-many-streams');
  });

  it('are nobody’s for a name that is no page’s', async () => {
    using first = new Page(browser, '?page=x');
    using second = new Page(browser, '?page=x');
    await Promise.all([first.status, second.status]);

    expect((await browser.get('/api/events?page=x')).problem().code).toBe('too-many-streams');
  });
});
