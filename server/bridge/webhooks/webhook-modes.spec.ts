import { createHmac } from 'node:crypto';

import type { InstallationSecret, InstallationView } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import type { Interference, SeenRequest } from '../../testing/interposer.ts';
import { notification, textChange } from '../../testing/notifications.ts';
import { postWebhook } from '../../testing/post-webhook.ts';
import type { StreamReader } from '../../testing/read-sse.ts';
import { startWorld, type World, type WorldOptions } from '../../testing/start-world.ts';
import { DEFAULT_RETENTION } from '../event-store/sqlite-retention.ts';
import { USUAL_SIGNATURES } from './signature-forms.ts';

/** A bridge with somebody signed in, and one of their apps. */
class Scene implements AsyncDisposable {
  readonly browser: TestBrowser;
  readonly world: World;
  app!: InstallationView;
  secret = '';

  constructor(world: World) {
    this.world = world;
    this.browser = new TestBrowser(world.bridge.origin);
  }

  static async start(options: WorldOptions = {}): Promise<Scene> {
    const scene = new Scene(await startWorld(options));
    await scene.browser.signInToDemo();
    scene.app = await scene.browser.connectorApp();
    const answer = await scene.browser.post(`/api/installations/${scene.app.id}/secret`);
    scene.secret = String((answer.body as InstallationSecret).clientSecret);
    return scene;
  }

  post(body: string, { secret = this.secret, headers = {} } = {}): Promise<Response> {
    return postWebhook(this.world.bridge.origin, { body, appKey: this.app.client_id, secret, headers });
  }

  postSigned(body: string, algorithm: string, encoding: 'hex' | 'base64'): Promise<Response> {
    const signature = createHmac(algorithm, this.secret).update(body).digest(encoding);
    return this.post(body, { headers: { 'x-liveperson-signature': `${algorithm}=${signature}` } });
  }

  async log(): Promise<StreamReader> {
    const reader = this.browser.events();
    await reader.event('caught-up');
    return reader;
  }

  /** The cloud gives the app another secret from now on. */
  rotate(secret: string): void {
    this.world.wire.interfere((request) =>
      this.isRead(request)
        ? { kind: 'answer', status: 200, body: { ...this.app, client_secret: secret } }
        : { kind: 'pass' },
    );
  }

  interfere(interference: Interference): void {
    this.world.wire.interfere((request) => (this.isRead(request) ? interference : { kind: 'pass' }));
  }

  get reads(): number {
    return this.world.wire.seen.filter((request) => this.isRead(request)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }

  private isRead({ method, url }: SeenRequest): boolean {
    return method === 'GET' && url.includes(`/${this.app.id}`);
  }
}

const BODY = notification([textChange({ text: 'hello' })]);

describe('the forms of signatures', () => {
  const verdictsOf = async (scene: Scene): Promise<readonly string[]> => {
    const statuses = [];
    for (const encoding of ['base64', 'hex'] as const) {
      for (const algorithm of ['sha1', 'sha256']) {
        statuses.push((await scene.postSigned(BODY, algorithm, encoding)).status);
      }
    }
    using events = await scene.log();
    return [...statuses.map(String), ...events.of('notification-refused').map(({ reason }) => reason)];
  };

  it('are those of LivePerson by default: sha1 and sha256 in Base64', async () => {
    await using scene = await Scene.start();

    expect(await verdictsOf(scene)).toEqual([
      ...['200', '200', '401', '401'],
      ...['encoding-unexpected', 'encoding-unexpected'],
    ]);
  });

  it('are only those of the setting, each refusal with its reason', async () => {
    await using scene = await Scene.start({
      config: { webhookSignatures: { ...USUAL_SIGNATURES, usual: ['sha256-hex'] } },
    });

    expect(await verdictsOf(scene)).toEqual([
      ...['401', '401', '401', '200'],
      ...['algorithm-unexpected', 'encoding-unexpected', 'algorithm-unexpected'],
    ]);
  });

  it('may be others for one app, and the refusal names what came and what that app may send', async () => {
    const byApp = new Map<string, readonly ['sha256-hex']>();
    await using scene = await Scene.start({ config: { webhookSignatures: { ...USUAL_SIGNATURES, byApp } } });
    expect((await scene.postSigned(BODY, 'sha1', 'base64')).status).toBe(200);

    byApp.set(scene.app.client_id, ['sha256-hex']);

    expect((await scene.postSigned(BODY, 'sha256', 'hex')).status).toBe(200);
    expect((await scene.postSigned(BODY, 'sha1', 'base64')).status).toBe(401);
    using events = await scene.log();
    expect(events.of('notification-refused').map(({ detail }) => detail)).toEqual([
      jasmine.stringMatching(/This one is sha1-base64; taken for this app: sha256-hex\.$/),
    ]);
  });

  it('may be hex of any case', async () => {
    await using scene = await Scene.start({
      config: { webhookSignatures: { ...USUAL_SIGNATURES, usual: ['sha1-hex'] } },
    });
    const digest = createHmac('sha1', scene.secret).update(BODY).digest('hex').toUpperCase();

    const answer = await scene.post(BODY, { headers: { 'x-liveperson-signature': `sha1=${digest}` } });

    expect(answer.status).toBe(200);
  });
});

describe('a rotated app secret', () => {
  it('is read again by itself, and the webhook that showed it is taken', async () => {
    await using scene = await Scene.start();
    scene.rotate('the new secret');

    const answer = await scene.post(BODY, { secret: 'the new secret' });

    expect(answer.status).toBe(200);
    expect((await scene.post(BODY)).status).toBe(401);
    using events = await scene.log();
    expect(events.messages.length).toBe(1);
    expect(JSON.stringify(events.entries)).not.toContain('the new secret');
  });

  it('is asked for once, however many webhooks are forged', async () => {
    let now = Date.now();
    await using scene = await Scene.start({ parts: { now: () => now } });
    const before = scene.reads;

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => scene.post(BODY, { secret: 'forged' })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(scene.reads - before).toBe(1);
    now += 60_000;
    await scene.post(BODY, { secret: 'forged' });
    expect(scene.reads - before).toBe(2);
  });

  it('is not asked for while nobody is signed in', async () => {
    await using scene = await Scene.start();
    await scene.browser.post('/api/sign-out');
    const before = scene.world.wire.seen.length;

    expect((await scene.post(BODY, { secret: 'forged' })).status).toBe(401);
    expect(scene.world.wire.seen.length).toBe(before);
  });

  it('that cannot be read leaves the old one in force', async () => {
    await using scene = await Scene.start();
    scene.interfere({ kind: 'cut-before' });

    expect((await scene.post(BODY, { secret: 'forged' })).status).toBe(401);
    expect((await scene.post(BODY)).status).toBe(200);
  });
});

describe('observe mode', () => {
  it('answers 200 to a wrong signature, shows it as refused, and keeps it out of every chat', async () => {
    await using scene = await Scene.start({ config: { webhookMode: 'observe' } });

    const answer = await scene.post(BODY, { secret: 'forged' });

    expect(answer.status).toBe(200);
    expect(await answer.json()).toBe('OK');
    using events = await scene.log();
    expect(events.of('notification')).toEqual([]);
    expect(events.of('notification-refused').map(({ reason, status }) => [reason, status])).toEqual([
      ['body-differs', 200],
    ]);
  });

  it('takes what is signed right, and still refuses what is no notification', async () => {
    await using scene = await Scene.start({ config: { webhookMode: 'observe' } });

    expect((await scene.post(BODY)).status).toBe(200);
    expect((await scene.post('{}')).status).toBe(400);
    using events = await scene.log();
    expect(events.messages.length).toBe(1);
  });
});

describe('a webhook that is too complex', () => {
  it('is refused with 400 before it is parsed, well signed or not', async () => {
    await using scene = await Scene.start();
    const deep = `{"type":"t","body":{"changes":[${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]}}`;
    const wide = `{"type":"t","body":{"changes":[${'{},'.repeat(20_000)}{}]}}`;

    expect((await scene.post(deep)).status).toBe(400);
    expect((await scene.post(wide)).status).toBe(400);
    expect((await scene.post(deep, { secret: 'forged' })).status).toBe(401);
    using events = await scene.log();
    expect(events.of('notification-refused').map(({ reason }) => reason)).toEqual([
      'too-complex',
      'too-complex',
      'body-differs',
    ]);
  });

  it('nests deeper than any of the cloud, though it holds little', async () => {
    await using scene = await Scene.start();
    const nested = (depth: number): string =>
      `{"type":"t","body":{"changes":[${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}]}}`;

    expect((await scene.post(nested(50))).status).toBe(200);
    expect((await scene.post(nested(70))).status).toBe(400);
  });

  it('has its like in the API: refused with 400', async () => {
    await using scene = await Scene.start();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

    const answer = await scene.browser.post('/api/conversations', deep);

    expect(answer.status).toBe(400);
    expect(answer.problem().detail).toContain('nests too deep');
  });
});

describe('a bridge whose disk is full', () => {
  it('answers webhooks with 503, counts them, and takes them when there is room again', async () => {
    let now = Date.now();
    const retention = { ...DEFAULT_RETENTION, maxAgeMs: 60_000, maxFileBytes: 900_000 };
    await using scene = await Scene.start({ parts: { now: () => now }, config: { retention } });
    const post = (sequence: number): Promise<Response> =>
      scene.post(notification([textChange({ sequence, text: 'x'.repeat(100_000) })]));
    let sequence = 0;
    while ((await post(sequence)).status === 200) sequence += 1;

    const refused = await post(sequence);
    const metrics = (await scene.browser.get('/metrics')).text;
    now += 61_000;
    const taken = await post(sequence);

    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('store-unavailable');
    expect(metrics).toMatch(/^connector_bridge_entries_not_stored_total [2-9]/m);
    expect(metrics).toMatch(/^connector_bridge_webhooks_total\{status="503"\} 2$/m);
    expect(taken.status).toBe(200);
    using events = await scene.log();
    expect(events.messages.map((message) => message.sequence)).toEqual([sequence]);
  });
});
