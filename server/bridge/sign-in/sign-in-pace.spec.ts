import { TestBrowser, type BrowserAnswer } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import { AttemptPace } from './attempt-pace.ts';
import { callerKey } from './sign-in-pace.ts';

describe('attempts to sign in', () => {
  let world: World;
  let browser: TestBrowser;
  let now = Date.now();
  beforeEach(async () => {
    world = await startWorld({ parts: { now: () => now } });
    browser = new TestBrowser(world.bridge.origin);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const attempt = (account: string, password: string, from = '203.0.113.1'): Promise<BrowserAnswer> =>
    browser.call('POST', '/api/sign-in', {
      body: { account, loginName: 'admin', password },
      headers: { 'x-forwarded-for': from },
    });
  const attempts = async (count: number, one: (index: number) => Promise<BrowserAnswer>) => {
    const answers = [];
    for (let index = 0; index < count; index += 1) answers.push(await one(index));
    return answers;
  };

  it('of one caller are slowed down, and possible again when Retry-After says so', async () => {
    const answers = await attempts(11, () => attempt('demo', 'wrong'));

    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const last = answers.at(-1);
    expect(last?.problem().code).toBe('too-many-requests');
    expect(last?.headers.get('retry-after')).toBe('6');
    expect(last?.problem().detail).not.toMatch(/\d/);
    now += 5_000;
    expect((await attempt('demo', 'wrong')).status).toBe(429);
    now += 1_000;
    expect((await attempt('demo', 'demo-admin')).status).toBe(200);
    expect((await attempt('demo', 'demo-admin')).status).toBe(429);
  });

  it('of one caller do not slow down another', async () => {
    await attempts(11, () => attempt('demo', 'wrong'));

    expect((await attempt('demo', 'demo-admin', '203.0.113.2')).status).toBe(200);
  });

  it('at one account by many callers are slowed down, and another account is not', async () => {
    const answers = await attempts(21, (index) => attempt('DEMO', 'wrong', `203.0.113.${index}`));

    expect(answers.at(-1)?.status).toBe(429);
    expect((await attempt('demo', 'demo-admin', '203.0.113.99')).status).toBe(429);
    expect((await attempt('demo2', 'wrong', '203.0.113.99')).status).not.toBe(429);
  });

  it('are counted and refused alike, whether the password is right or the account exists', async () => {
    const series = [
      { account: 'demo', password: 'demo-admin', from: '198.51.100.1' },
      { account: 'demo', password: 'wrong', from: '198.51.100.2' },
      { account: 'demo-unknown', password: 'wrong', from: '198.51.100.3' },
    ];
    const refusals = [];
    for (const { account, password, from } of series) {
      await attempts(10, () => attempt(account, password, from));
      const { status, headers, text } = await attempt(account, password, from);
      refusals.push({
        status,
        wait: headers.get('retry-after'),
        text: text.replace(/"requestId":"[^"]*"/, ''),
      });
      now += 10 * 60_000;
    }

    expect(refusals.map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
  });

  it('reach the cloud only when they are admitted', async () => {
    await attempts(10, () => attempt('demo', 'wrong'));
    const before = world.wire.seen.length;

    await attempt('demo', 'wrong');

    expect(world.wire.seen.length).toBe(before);
  });

  it('of the demo have a limit of their own', async () => {
    await attempts(11, () => attempt('demo', 'wrong', '127.0.0.1'));
    const demos = await attempts(61, () => browser.post('/api/sign-in/demo'));

    expect(demos.filter(({ status }) => status === 200).length).toBe(60);
    expect(demos.at(-1)?.status).toBe(429);
  });
});

describe('the pace of attempts', () => {
  it('remembers no more keys than allowed and forgets the one unused for longest', () => {
    const pace = new AttemptPace({ burst: 1, refillMs: 1_000, now: () => 0, mostKeys: 2 });

    for (const key of ['a', 'b', 'a', 'c']) pace.take(key);

    expect(pace.size).toBe(2);
    expect(['a', 'b', 'c'].map((key) => pace.waitMs(key) > 0)).toEqual([true, false, true]);
  });

  it('locks nobody out for long when the clock is set back', () => {
    let now = 1_000_000_000;
    const pace = new AttemptPace({ burst: 2, refillMs: 1_000, now: () => now });
    pace.take('a');
    pace.take('a');

    now = 0;

    expect(pace.waitMs('a')).toBe(1_000);
  });
});

describe('a caller', () => {
  it('is an IPv4 address, or a network of IPv6', () => {
    expect(callerKey('::ffff:203.0.113.1')).toBe(callerKey('203.0.113.1'));
    expect(callerKey('2001:db8::1')).toBe(callerKey('2001:db8:0:0:ffff::2'));
    expect(callerKey('2001:db8:0:1::1')).not.toBe(callerKey('2001:db8::1'));
    expect(callerKey('fe80::1%eth0')).toBe(callerKey('fe80::2'));
  });
});
