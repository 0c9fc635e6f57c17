import {
  FAULT_PRESETS,
  type AgentActRequest,
  type EmulatorFault,
  type EmulatorFaults,
} from '#protocol/emulator-controls';
import type { ConversationView } from '#protocol/bridge-api';
import { STREAM_EVENTS } from '#protocol/bridge-events';

import { TestBrowser } from '../../testing/browser.ts';
import { StreamReader } from '../../testing/read-sse.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import { partsFor, type World } from '../../testing/start-world.ts';

describe('the emulator’s knobs', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const inForce = async () => ((await browser.get('/api/emulator/faults')).body as EmulatorFaults).faults;
  const ask = async (preset: string, count: number | null = null) =>
    (await browser.post('/api/emulator/faults', { preset, count })).body as EmulatorFault;
  const control = (path: string, init?: RequestInit) =>
    fetch(`${world.emulator.origin}/emulator/control${path}`, init);
  const post = (path: string, body: unknown) =>
    control(path, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json' },
    });

  it('have each fault in force under its own name, with what is left of its count', async () => {
    for (const preset of FAULT_PRESETS) await ask(preset, 3);
    await ask('call-500');

    expect((await inForce()).map(({ preset, left }) => ({ preset, left }))).toEqual([
      ...FAULT_PRESETS.map((preset) => ({ preset, left: 3 })),
      { preset: 'call-500', left: null },
    ]);
  });

  it('show a fault until it has happened as often as it was asked for', async () => {
    await ask('call-500', 2);

    expect((await browser.send(conversation, 'Hello', 'm1')).status).toBe(502);
    expect(await inForce()).toEqual([
      jasmine.objectContaining({ preset: 'call-500', on: 'call', kind: 'status', left: 1 }),
    ]);

    expect((await browser.send(conversation, 'Hello', 'm2')).status).toBe(502);
    expect(await inForce()).toEqual([]);
    expect((await browser.send(conversation, 'Hello', 'm3')).status).toBe(201);
  });

  it('end one fault, or all, but none of another account', async () => {
    const { id } = await ask('webhook-lost');
    await ask('webhook-delayed');
    await post('/faults', { on: 'call', kind: 'drop', match: { account: 'demo2' } });
    await post('/faults', { on: 'call', kind: 'slow-body', ms: 1 });

    expect((await browser.call('DELETE', `/api/emulator/faults/${id}`)).status).toBe(204);
    expect((await inForce()).map(({ preset, kind }) => preset ?? kind)).toEqual([
      'webhook-delayed',
      'slow-body',
    ]);
    expect((await browser.call('DELETE', `/api/emulator/faults/${id}`)).status).toBe(204);

    expect((await browser.call('DELETE', '/api/emulator/faults')).status).toBe(204);
    expect(await inForce()).toEqual([]);
    const { faults } = (await (await control('/faults')).json()) as { faults: readonly { kind: string }[] };
    expect(faults.map(({ kind }) => kind)).toEqual(['drop']);
  });

  it('let the agent do what is asked for', async () => {
    const agent = (asked: AgentActRequest) =>
      browser.post(`/api/emulator/conversations/${conversation.conversationId}/agent`, asked);
    const first: readonly AgentActRequest[] = [
      { act: 'persona', persona: 'silent' },
      { act: 'join' },
      { act: 'chat-state', chatState: 'COMPOSING' },
      { act: 'say', text: 'How can I help?' },
      { act: 'structured' },
      { act: 'quick-replies' },
      { act: 'transfer' },
    ];
    await browser.send(conversation, 'Hello', 'm1');
    for (const asked of first)
      expect((await agent(asked)).status)
        .withContext(asked.act)
        .toBe(204);
    expect((await agent({ act: 'receipt', status: 'READ' })).status).toBe(204);
    expect((await agent({ act: 'close-all' })).status).toBe(204);

    const answer = await control(`/accounts/demo/conversations/${conversation.conversationId}`);
    expect(await answer.json()).toEqual(jasmine.objectContaining({ stage: 'CLOSE', skillId: '1002' }));
    const history = await browser.get(`/api/conversations/${conversation.conversationId}/history`);
    for (const words of ['How can I help?', 'Blue shoe', 'Do you like it?', '"READ"'])
      expect(history.text).toContain(words);
    // What the conversation does not allow is told in the emulator's words.
    const refused = await agent({ act: 'close' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('does not allow');
    // There is no exchange in the log that one could be led to.
    expect(refused.problem().upstream).toEqual(
      jasmine.objectContaining({ service: 'emulator', status: 409 }),
    );
    expect(refused.text).not.toContain('exchangeId');
  });

  it('tell who answers now, also when the consumer has chosen', async () => {
    const path = `/api/emulator/conversations/${conversation.conversationId}/agent`;
    expect((await browser.get(path)).body).toEqual({ persona: 'greeter' });

    await browser.post(path, { act: 'persona', persona: 'echo' });
    expect((await browser.get(path)).body).toEqual({ persona: 'echo' });
  });

  it('leave no trace in the log of what the cloud was asked', async () => {
    await ask('webhook-doubled', 1);
    expect(world.wire.seen.some(({ url }) => url.endsWith('/emulator/control/faults'))).toBeTrue();

    using stream = new StreamReader(`${world.bridge.origin}/api/events`, browser.cookieHeader);
    await stream.until(({ received }) => received.find(({ name }) => name === STREAM_EVENTS.caughtUp));
    expect(stream.of('exchange').length).toBeGreaterThan(0);
    expect(stream.of('exchange').filter(({ service }) => service === 'emulator')).toEqual([]);
  });

  it('refuse what is no fault, no act, no conversation of one’s own, and what another site sends', async () => {
    const agent = `/api/emulator/conversations/${conversation.conversationId}/agent`;
    for (const body of [{ preset: 'all', count: 1 }, { preset: 'call-500', count: 0 }, {}])
      expect((await browser.post('/api/emulator/faults', body)).problem().code).toBe('invalid-request');
    for (const body of [{ act: 'dance' }, { act: 'say', text: ' ' }, { act: 'join', agent: 'maria' }])
      expect((await browser.post(agent, body)).problem().code).toBe('invalid-request');
    const other = await browser.post('/api/emulator/conversations/of-somebody/agent', { act: 'join' });
    expect(other.problem().code).toBe('unknown-conversation');
    const headers = { 'sec-fetch-site': 'cross-site' };
    const body = { preset: 'call-500', count: 1 };
    for (const [method, path] of [
      ['POST', '/api/emulator/faults'],
      ['DELETE', '/api/emulator/faults'],
      ['POST', agent],
    ] as const)
      expect((await browser.call(method, path, { body, headers })).problem().code).toBe('cross-site');
    expect(await inForce()).toEqual([]);
  });

  it('are there for nobody who is not signed in, and not while the emulator is off', async () => {
    const stranger = new TestBrowser(world.bridge.origin);
    expect((await stranger.get('/api/emulator/faults')).problem().code).toBe('not-signed-in');

    let isOn = true;
    const parts = partsFor(world.emulator.origin);
    await using bridge = await startTestBridge({
      ...parts,
      directoryOriginOf: (account) => (isOn ? parts.directoryOriginOf(account) : null),
    });
    const late = new TestBrowser(bridge.origin);
    await late.signInToDemo();
    expect((await late.get('/api/emulator/faults')).status).toBe(200);
    isOn = false;
    expect((await late.get('/api/emulator/faults')).problem().code).toBe('demo-unavailable');
  });
});
