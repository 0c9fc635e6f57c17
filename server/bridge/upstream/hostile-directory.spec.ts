import { DEFAULT_CONVERSATION_OPTIONS, type ConversationView } from '#protocol/bridge-api';

import { TestBrowser, type BrowserAnswer } from '../../testing/browser.ts';
import { startInterposer, type Interposer } from '../../testing/interposer.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWorld } from '../../testing/start-world.ts';
import { startTrap, type Trap } from '../../testing/trap.ts';
import { toHosts } from './service-directory-client.ts';

const REAL = { account: '64467156', loginName: 'admin', password: 'canary-password' };

describe('a directory that leads an account of the cloud elsewhere', () => {
  let trap: Trap;
  let directory: Interposer;
  beforeEach(async () => {
    trap = await startTrap();
    directory = await startInterposer(() => 'http://127.0.0.1:1');
  });
  afterEach(async () => {
    await directory[Symbol.asyncDispose]();
    await trap[Symbol.asyncDispose]();
  });

  const signIn = async (body: unknown): Promise<string> => {
    directory.interfere(() => ({ kind: 'answer', status: 200, body }));
    await using bridge = await startTestBridge({ directoryOriginOf: () => directory.origin });
    return (await new TestBrowser(bridge.origin).post('/api/sign-in', REAL)).problem().code;
  };

  it('is not followed, however the host is written, and sees no password', async () => {
    const hosts = [
      ...['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', 'localhost.:PORT', '[::1]:PORT', '0:PORT'],
      ...['0x7f000001:PORT', '2130706433:PORT', '127.1:PORT', '[::ffff:127.0.0.1]:PORT', '127。0。0。1:PORT'],
      ...['a.liveperson.net@127.0.0.1:PORT', 'a.liveperson.net:x@127.0.0.1:PORT', '//127.0.0.1:PORT'],
      ...[
        '127.0.0.1:PORT/.liveperson.net',
        '127.0.0.1:PORT?.liveperson.net',
        '127.0.0.1:PORT#.liveperson.net',
      ],
      ...[
        '127.0.0.1:PORT\\.liveperson.net',
        '127.0.0.1:PORT\t.liveperson.net',
        '127.0.0.1:PORT .liveperson.net',
      ],
      ...[
        '127.0.0.1%3APORT',
        'http://127.0.0.1:PORT',
        '127.0.0.1:PORT\n',
        '169.254.169.254',
        'liveperson.net',
      ],
      ...['evilliveperson.net', 'liveperson.net.evil.invalid', 'a.livepersоn.net', 'a.xn--livepersn-fqg.net'],
    ].map((host) => host.replace('PORT', String(trap.port)));
    const codes = new Set<string>();
    for (const baseURI of hosts) {
      codes.add(await signIn({ baseURIs: [{ service: 'agentVep', account: REAL.account, baseURI }] }));
    }

    expect([...codes]).toEqual(['service-missing']);
    expect(trap.visits).toBe(0);
    expect(JSON.stringify(directory.seen)).not.toContain('canary');
  });

  it('is told in words when it has another form', async () => {
    const entry = (baseURI: unknown) => ({ service: 'agentVep', baseURI });
    const bodies = [
      ...['', 'text', null, 7, [], {}, { baseURIs: null }, { baseURIs: {} }, { baseURIs: [null] }],
      ...[null, 7, {}, ['a.liveperson.net'], true].map((uri) => ({ baseURIs: [entry(uri)] })),
    ];
    const codes = new Set<string>();
    for (const body of bodies) codes.add(await signIn(body));

    expect([...codes]).toEqual(['directory-unreachable']);
    expect(await signIn({ baseURIs: [] })).toBe('service-missing');
    const names = ['__proto__', 'constructor', 'toString'];
    expect(await signIn({ baseURIs: names.map((service) => ({ service, baseURI: 'x' })) })).toBe(
      'service-missing',
    );
  });

  it('is not followed by a redirect', async () => {
    const location = `http://127.0.0.1:${trap.port}/`;
    await using bridge = await startTestBridge({ directoryOriginOf: () => directory.origin });
    for (const status of [301, 302, 303, 307, 308]) {
      directory.interfere(() => ({ kind: 'answer', status, headers: { location } }));
      const answer = await new TestBrowser(bridge.origin).post('/api/sign-in', REAL);
      expect(answer.problem().code).toBe('directory-unreachable');
    }

    expect(trap.visits).toBe(0);
  });
});

describe('a cloud whose services lead elsewhere', () => {
  it('is not followed where the answer to the sign-in names other hosts', async () => {
    await using world = await startWorld();
    await using trap = await startTrap();
    const browser = new TestBrowser(world.bridge.origin);
    const login = {
      ...{ bearer: 'a-bearer', csrf: 'c', config: { userId: '1', loginName: 'admin', isAdmin: true } },
      csdsCollectionResponse: {
        baseURIs: [{ service: 'accountConfigReadWrite', baseURI: `127.0.0.1:${trap.port}` }],
      },
    };
    world.wire.interfere(({ url }) =>
      url.includes('/login') ? { kind: 'answer', status: 200, body: login } : { kind: 'pass' },
    );
    await browser.signInToDemo();

    expect((await browser.get('/api/installations')).problem().code).toBe('service-missing');
    expect(trap.visits).toBe(0);
  });

  const acts: readonly (readonly [
    string,
    (browser: TestBrowser, open: ConversationView) => Promise<BrowserAnswer>,
  ])[] = [
    ['/service/', (browser) => browser.post('/api/sign-in/demo')],
    ['/login', (browser) => browser.post('/api/sign-in/demo')],
    ['/app-install/', (browser) => browser.get('/api/installations')],
    ['/send', (browser, open) => browser.send(open, 'hi', 'm1')],
    ['/search', (browser, open) => browser.get(`/api/conversations/${open.conversationId}/history`)],
    ['/consumer?', (browser, open) => openAnother(browser, open)],
    ['/consumer/conversation?', (browser, open) => openAnother(browser, open)],
  ];
  for (const [part, act] of acts) {
    it(`is not followed by a redirect of ${part}, and no token gets there`, async () => {
      await using world = await startWorld();
      await using trap = await startTrap();
      const browser = new TestBrowser(world.bridge.origin);
      await browser.signInToDemo();
      const open = await browser.openConversation();
      let redirects = 0;
      world.wire.interfere(({ url }) => {
        if (!url.includes(part)) return { kind: 'pass' };
        redirects += 1;
        return { kind: 'answer', status: 307, headers: { location: `http://127.0.0.1:${trap.port}/` } };
      });

      const answer = await act(browser, open);

      expect(answer.status).toBeGreaterThan(399);
      expect(redirects).toBe(1);
      expect(trap.visits).toBe(0);
    });
  }

  it('is not followed by a redirect of the file storage', async () => {
    await using world = await startWorld();
    await using trap = await startTrap();
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const { conversationId } = await browser.openConversation();
    const queryParams = { temp_url_sig: 'canary', temp_url_expires: '1' };
    const address = { code: 'OK', body: { relativePath: '/v1/x.png', queryParams } };
    world.wire.interfere(({ url }) =>
      url.startsWith('/v1/')
        ? { kind: 'answer', status: 307, headers: { location: `http://127.0.0.1:${trap.port}/` } }
        : { kind: 'answer', status: 200, body: address },
    );

    const answer = await browser.get(`/api/conversations/${conversationId}/files?path=/v1/x.png`);

    expect(answer.problem().code).toBe('upstream-rejected');
    expect(trap.visits).toBe(0);
  });

  it('fills no session with hosts of services that nobody calls here', () => {
    const known = { service: 'idp', baseURI: 'va.idp.liveperson.net' };
    const others = Array.from({ length: 50_000 }, (_, index) => ({ service: `s${index}`, baseURI: 'x' }));
    const long = { service: 'swift', baseURI: `${'a'.repeat(300)}.liveperson.net` };

    expect(toHosts([...others, known, long])).toEqual({ idp: known.baseURI });
  });
});

const openAnother = (browser: TestBrowser, { appKey }: ConversationView): Promise<BrowserAnswer> =>
  browser.post('/api/conversations', {
    appKey,
    consumer: { name: 'Ana' },
    options: DEFAULT_CONVERSATION_OPTIONS,
  });
