import type { ConversationView } from '#protocol/bridge-api';
import { STREAM_EVENTS } from '#protocol/bridge-events';

import { DEMO_ADMINISTRATOR } from '../../emulator/emulator.ts';
import { TestBrowser } from '../../testing/browser.ts';
import { StreamReader } from '../../testing/read-sse.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { partsFor, startWorld, type World } from '../../testing/start-world.ts';

const hour = 3_600_000;

describe('what a page asks of the emulator by itself', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    world = await startWorld({ parts: { now: () => now } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    conversation = await browser.openConversation();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const agentPath = () => `/api/emulator/conversations/${conversation.conversationId}/agent`;
  const looks = () => [
    '/api/emulator/deliveries',
    '/api/emulator/faults',
    '/api/emulator/settings',
    agentPath(),
  ];

  it('keeps nobody signed in', async () => {
    await browser.get('/api/session');
    now += 2 * hour - 60_000;

    for (const path of looks())
      expect((await browser.get(path)).status)
        .withContext(path)
        .toBe(200);

    expect((await browser.get('/api/session?peek')).body).toEqual(
      jasmine.objectContaining({ expiresInMs: 60_000 }),
    );
  });

  it('leaves no trace in the log of what the cloud was asked', async () => {
    for (const path of looks()) await browser.get(path);
    for (const asked of ['/deliveries?account=demo&limit=250', '/demo/apps', '/persona'])
      expect(world.wire.seen.some(({ url }) => url.includes('/emulator/control/') && url.includes(asked)))
        .withContext(asked)
        .toBeTrue();

    using stream = new StreamReader(`${world.bridge.origin}/api/events`, browser.cookieHeader);
    await stream.until(({ received }) => received.find(({ name }) => name === STREAM_EVENTS.caughtUp));
    expect(stream.of('exchange').length).toBeGreaterThan(0);
    expect(stream.of('exchange').filter(({ service }) => service === 'emulator')).toEqual([]);
  });

  it('tells nobody who answers in a conversation of somebody else', async () => {
    const other = new TestBrowser(world.bridge.origin);
    const signedIn = await other.post('/api/sign-in', { account: 'demo2', ...DEMO_ADMINISTRATOR });
    expect(signedIn.status).toBe(200);

    expect((await other.get(agentPath())).problem().code).toBe('unknown-conversation');
    expect((await other.get('/api/emulator/deliveries')).text).not.toContain('webhooks/demo/');
  });

  it('is not answered while the emulator is off, and nothing is switched on for an app that is not there', async () => {
    let isOn = true;
    const parts = partsFor(world.emulator.origin);
    const directoryOriginOf = () => (isOn ? world.emulator.origin : null);
    await using bridge = await startTestBridge({ ...parts, directoryOriginOf });
    const late = new TestBrowser(bridge.origin);
    await late.signInToDemo();
    conversation = await late.openConversation();
    const switchOn = `/api/emulator/apps/${(await late.connectorApp()).id}/switch-on`;
    isOn = false;
    for (const path of looks())
      expect((await late.get(path)).problem().code)
        .withContext(path)
        .toBe('demo-unavailable');
    expect((await late.post(switchOn, {})).problem().code).toBe('demo-unavailable');

    isOn = true;
    expect((await late.post('/api/emulator/apps/of-nobody/switch-on', {})).status).toBe(422);
  });
});
