import { greeter } from '../agent/scripts/greeter.ts';
import { silent } from '../agent/scripts/silent.ts';
import type { AgentScript } from '../agent/agent-script.ts';
import { Caller } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { FIRST_MESSAGE_WITHIN_MS } from './controller-bot.ts';

describe('Automatic messages (§6.1, §6.2)', () => {
  let cloud: TestCloud;
  let clock: VirtualClock;
  let consumer: Consumer;
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  async function start(features: readonly string[], agentScript: AgentScript = silent): Promise<string> {
    clock = new VirtualClock();
    cloud = await startTestCloud({ clock, agentScript });
    consumer = Caller.announcing(await cloud.caller.consumer(), ...features);
    return cloud.caller.opened(consumer);
  }
  const roles = (): string[] =>
    (cloud.receiver.conversations.at(-1)?.result.conversationDetails.participants ?? []).map(
      ({ role }) => role,
    );
  const texts = (): unknown[] =>
    cloud.receiver.messages.map(({ originatorMetadata, event, sequence }) => [
      originatorMetadata?.role,
      event['message'],
      sequence,
    ]);

  it('come from a CONTROLLER who joins at once and welcomes behind the first message', async () => {
    const conversation = await start(['AUTO_MESSAGES']);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.caller.say(consumer, conversation, 'Hello?');
    await cloud.receiver.waitForMessage(({ sequence }) => sequence === 2);

    expect(cloud.receiver.conversations.length).toBe(2);
    expect(roles()).toEqual(['CONSUMER', 'CONTROLLER']);
    expect(texts()).toEqual([
      ['CONSUMER', 'Hello', 0],
      ['CONTROLLER', 'Welcome! Somebody will be with you in a moment.', 1],
      ['CONSUMER', 'Hello?', 2],
    ]);
  });

  it('leave the answer due: no agent has answered (§8.3)', async () => {
    const conversation = await start(['AUTO_MESSAGES'], greeter);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('How can I help?'));

    const joined = cloud.receiver.conversations.find(({ result }) =>
      result.conversationDetails.participants?.some(({ role }) => role === 'ASSIGNED_AGENT'),
    );
    expect(joined?.result.effectiveTTR).toBeGreaterThan(0);
  });

  it('do not come to clients that do not announce them', async () => {
    const conversation = await start(['RICH_CONTENT']);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.receiver.waitForMessage(() => true);

    expect(roles()).toEqual(['CONSUMER']);
    expect(texts().length).toBe(1);
  });

  it('do not come when the first message takes longer than ten seconds (§13)', async () => {
    const conversation = await start(['AUTO_MESSAGES']);
    await clock.advance(FIRST_MESSAGE_WITHIN_MS + 1000);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.caller.say(consumer, conversation, 'Hello?');
    await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'Hello?');

    expect(texts().map((text) => (text as unknown[])[0])).toEqual(['CONSUMER', 'CONSUMER']);
  });

  it('do not come from accounts without such a user', async () => {
    clock = new VirtualClock();
    cloud = await startTestCloud({ clock });
    consumer = Caller.announcing(await cloud.caller.consumer(), 'AUTO_MESSAGES');
    const settings = { welcomeMessage: null };
    await cloud.caller.call('/emulator/control/accounts/demo', { method: 'PATCH', body: { settings } });
    const conversation = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, conversation, 'Hello');
    await cloud.receiver.waitForMessage(() => true);

    expect(roles()).toEqual(['CONSUMER']);
  });
});
