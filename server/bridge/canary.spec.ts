import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../testing/browser.ts';
import { postWebhook } from '../testing/post-webhook.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { TEST_SECRET } from '../testing/start-bridge.ts';
import { startWorld } from '../testing/start-world.ts';

/** Of the emulator, in its documentation and on its sign-in page. */
const DEMO_PASSWORD = 'demo-admin';

describe('the secrets of the whole story', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'canary-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('are in no answer, metric or built file, no event, no log line, no address and nowhere on disk', async () => {
    const { log, lines } = recordingLogger();
    await using world = await startWorld({ parts: { log }, config: { dataDir } });
    const browser = new RecordingBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using events = browser.events();
    const conversation = await browser.openConversation();
    await browser.send(conversation, 'the text of a message', 'm1');
    await events.until(() =>
      events.messages.find(({ event }) => event['message'] === 'the text of a message'),
    );
    const files = `/api/conversations/${conversation.conversationId}/files`;
    const png = { body: PNG, headers: { 'content-type': 'image/png' } };
    expect((await browser.call('POST', `${files}?name=cat.png`, png)).status).toBe(201);
    world.wire.interfere(({ url, headers, body }) =>
      // A service that repeats what it was sent in its error.
      url.includes('/send')
        ? { kind: 'answer', status: 400, body: `you sent ${JSON.stringify(headers)} ${body}` }
        : { kind: 'pass' },
    );
    await browser.send(conversation, 'refused', 'm2');
    await browser.post('/api/sign-in', {
      account: 'demo',
      loginName: 'admin',
      password: 'wrong-password-canary',
    });
    world.wire.interfere(({ url }) => (url.includes('/login') ? { kind: 'cut-before' } : { kind: 'pass' }));
    await browser.post('/api/sign-in', {
      account: 'demo',
      loginName: 'admin',
      password: 'lost-password-canary',
    });
    await postForged(world.bridge.origin);
    await browser.post('/api/sign-out');
    const pages = ['/', '/metrics', '/readyz', '/api/about', '/api/openapi.json', '/nowhere', '/api/nowhere'];
    for (const path of pages) await browser.get(path);

    const secrets = [...secretsOf(world.wire.seen), ...browser.cookies];
    const signatures = world.wire.seen.flatMap(({ url }) => signatureIn(url));
    expect(signatures.length).toBeGreaterThan(0);
    expect(browser.cookies.length).toBeGreaterThan(0);
    const reader = new TestBrowser(world.bridge.origin);
    world.wire.interfere(() => ({ kind: 'pass' }));
    await reader.signInToDemo();
    const app = await reader.connectorApp();
    const { clientSecret } = (await reader.post(`/api/installations/${app.id}/secret`))
      .body as InstallationSecret;
    secrets.push(
      String(clientSecret),
      TEST_SECRET,
      DEMO_PASSWORD,
      'wrong-password-canary',
      'lost-password-canary',
      'header-canary',
      'forged-secret-canary',
    );

    const disk = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)).toString('latin1'));
    const places: readonly (readonly [string, string])[] = [
      ['answers', browser.answers.join('\n')],
      ['events', JSON.stringify(events.received)],
      ['log', lines.join('\n')],
      ['disk', disk.join('\n')],
      ['built files', builtFiles().join('\n')],
    ];
    const addresses = world.wire.seen.map(({ url }) => url).join('\n');
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of secrets) expect(addresses.includes(secret)).withContext(secret).toBeFalse();
    // A signature stands in the address that it signs, and nowhere else.
    for (const secret of [...secrets, ...signatures]) {
      // The page itself tells how to enter the emulator by hand.
      const looked = secret === DEMO_PASSWORD ? places.filter(([place]) => place !== 'built files') : places;
      for (const [place, text] of looked)
        expect(text.includes(secret)).withContext(`${secret} in ${place}`).toBeFalse();
    }
    expect(lines.join('\n')).not.toContain('the text of a message');
  });
});

/** A webhook that is refused, with a custom header that carries a secret. */
async function postForged(origin: string): Promise<void> {
  const [appKey, secret] = ['forged-app', 'forged-secret-canary'];
  await postWebhook(origin, { body: '{}', appKey, secret, headers: { 'x-my-token': 'header-canary' } });
}

/** The web app as it is served, where it has been built. */
function builtFiles(): readonly string[] {
  const folder = resolve(import.meta.dirname, '../../dist/web');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(js|css|html|json)$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const PNG = '\u0089PNG, near enough';

/** Keeps all that the bridge ever answered. */
class RecordingBrowser extends TestBrowser {
  readonly answers: string[] = [];
  /** Values of the session cookies that it was given. */
  readonly cookies: string[] = [];

  override async call(...parameters: Parameters<TestBrowser['call']>): ReturnType<TestBrowser['call']> {
    const answer = await super.call(...parameters);
    this.cookies.push(...answer.headers.getSetCookie().flatMap(valueOf));
    this.answers.push(
      answer.text,
      JSON.stringify([...answer.headers].filter(([name]) => name !== 'set-cookie')),
    );
    return answer;
  }
}

/** None for a cookie that is taken away. */
const valueOf = (cookie: string): readonly string[] => /^[^=]+=([^;]+)/.exec(cookie)?.slice(1) ?? [];

const signatureIn = (url: string): readonly string[] => /temp_url_sig=([^&]+)/.exec(url)?.slice(1) ?? [];

/** Everything secret that went over the wire to the cloud. */
function secretsOf(
  requests: readonly { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[],
): string[] {
  const found = requests.flatMap(({ headers, body }) => [
    ...[headers['authorization'], headers['x-lp-on-behalf'], headers['cookie']].map((value) =>
      (typeof value === 'string' ? value : '').replace(/^Bearer |^Session_id=/, ''),
    ),
    new URLSearchParams(body).get('client_secret') ?? '',
    /"csrf":"([^"]*)"/.exec(body)?.[1] ?? '',
  ]);
  return [...new Set(found)].filter((secret) => secret.length >= 4);
}
