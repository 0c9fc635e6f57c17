import { Caller } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { PERSONAS } from './personas.ts';
import { TEXT_AFTER_ACTION_MS } from './scripted-agent.ts';

const FEATURES = ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG'];

describe('Who serves a conversation', () => {
  let cloud: TestCloud;
  let consumer: Consumer;
  let clock: VirtualClock;
  beforeEach(async () => {
    clock = new VirtualClock();
    cloud = await startTestCloud({ agentScript: PERSONAS.greeter, clock });
    consumer = Caller.announcing(await cloud.caller.consumer(), ...FEATURES);
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  const agentsMessages = (conversation: string) =>
    cloud.receiver.messages.filter(
      ({ event, originatorId, dialogId }) =>
        (event.type === 'ContentEvent' || event.type === 'RichContentEvent') &&
        originatorId !== consumer.id &&
        dialogId === (conversation as never),
    );
  /** What the agent answers to it, as JSON. */
  async function answerTo(conversation: string, text: string): Promise<string> {
    const before = agentsMessages(conversation).length;
    await cloud.caller.say(consumer, conversation, text);
    await cloud.receiver.waitFor(() => agentsMessages(conversation).length > before);
    return JSON.stringify(agentsMessages(conversation)[before]?.event);
  }

  it('is the greeter, who tells its name: webhooks carry none (§8.3)', async () => {
    const conversation = await cloud.caller.opened(consumer);

    expect(await answerTo(conversation, 'Hello')).toContain('this is Mia');
    expect(JSON.stringify(cloud.receiver.conversations)).not.toContain('Mia');
  });

  it('is whom the consumer asks for with /agent, from the next message on, in this conversation', async () => {
    const conversation = await cloud.caller.opened(consumer);

    expect(await answerTo(conversation, '/agent echo')).toContain('serves this conversation');
    expect(await answerTo(conversation, 'order 4711')).toContain('"message":"order 4711"');
    expect(await answerTo(conversation, '/AGENT Order')).toContain('serves this conversation');
    expect(await answerTo(conversation, '4711')).toContain('RichContentEvent');
    const other = Caller.announcing(await cloud.caller.consumer('other'), ...FEATURES);
    const second = await cloud.caller.opened(other);
    await cloud.caller.say(other, second, 'Hello');
    await cloud.receiver.waitForMessage(
      ({ event, dialogId }) =>
        dialogId === (second as never) && String(event['message']).includes('How can I help?'),
    );
  });

  it('is somebody there is: names that are none are answered with those there are', async () => {
    const conversation = await cloud.caller.opened(consumer);

    expect(await answerTo(conversation, '/agent nobody')).toContain('There is no');
    expect(await answerTo(conversation, '/agent')).toContain('greeter, echo, order');
    expect(await answerTo(conversation, 'Hi')).toContain('You wrote');
  });

  it('comes back from silence when asked', async () => {
    const conversation = await cloud.caller.opened(consumer);
    expect(await answerTo(conversation, '/agent silent')).toContain('nobody answers');

    await cloud.caller.say(consumer, conversation, 'anybody?');

    expect(await answerTo(conversation, '/agent greeter')).toContain('serves this conversation');
    expect(agentsMessages(conversation).length).toBe(2);
  });

  it('is another agent after a transfer, with the skill that the notification tells (§8.4.13)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await answerTo(conversation, 'transfer');
    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('this is Leo'));

    expect(await answerTo(conversation, 'Hi Leo')).toContain('You wrote');

    const owners = cloud.receiver.conversations.map(({ result }) => {
      const { skillId, participants = [] } = result.conversationDetails;
      return [skillId, participants.find(({ role }) => role === 'ASSIGNED_AGENT')?.id ?? null];
    });
    const speakers = agentsMessages(conversation).map(({ originatorId }) => originatorId);
    const [mia, , leo] = speakers;
    expect(mia).not.toBe(leo);
    expect(speakers).toEqual([mia!, leo!, leo!].filter((_, index) => index < speakers.length));
    expect(owners).toEqual([
      ['-1', null],
      ['-1', mia!],
      ['1002', null],
      ['1002', leo!],
    ]);
  });

  it('can write what only agents may see: connectors are told, and told so (§8.3)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await answerTo(conversation, 'note');
    await cloud.receiver.waitFor(() => agentsMessages(conversation).length === 2);

    expect(
      agentsMessages(conversation).map(({ messageAudience, sequence }) => [messageAudience, sequence]),
    ).toEqual([
      ['AGENTS_AND_MANAGERS', 3],
      ['ALL', 4],
    ]);
  });

  it('sends a picture that can be fetched (§6.3.2, §7)', async () => {
    const conversation = await cloud.caller.opened(consumer);

    const { message, contentType } = JSON.parse(await answerTo(conversation, 'image')) as {
      contentType: string;
      message: { relativePath: string; fileType: string; caption: string };
    };

    expect([contentType, message.fileType, message.caption]).toEqual(['hosted/file', 'PNG', 'colours.png']);
    const body = { relativePath: message.relativePath };
    const url = await cloud.caller.send(consumer, {
      kind: 'req',
      id: '7',
      type: 'ms.GenerateURLForDownloadFile',
      body,
    });
    const query = new URLSearchParams(url.at('body', 'queryParams') as Record<string, string>).toString();
    const file = await cloud.caller.call(`${message.relativePath}?${query}`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('waits after an ACTION for the text that follows it, and answers once (§12.4)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await answerTo(conversation, 'order 4711');
    const action = { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [3] };
    const metadata = [{ type: 'ExternalId', id: 'cancel-order-4711' }];
    const request = (event: object): object => ({
      kind: 'req',
      id: '22',
      type: 'ms.PublishEvent',
      body: { dialogId: conversation, event },
      metadata,
    });
    await cloud.caller.send(consumer, request(action));
    const text = { type: 'ContentEvent', contentType: 'text/plain', message: 'cancel order 4711' };
    await cloud.caller.send(consumer, request(text));
    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('really cancel'));

    await clock.advance(TEXT_AFTER_ACTION_MS * 2);
    expect(await answerTo(conversation, 'Thank you')).toContain('welcome');
    expect(agentsMessages(conversation).length).toBe(3);
  });

  it('answers an ACTION that no text follows, such as a link that was opened (§12.4)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await answerTo(conversation, 'order 4711');
    const action = { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [3] };
    await cloud.caller.send(consumer, {
      kind: 'req',
      id: '22',
      type: 'ms.PublishEvent',
      body: { dialogId: conversation, event: action },
      metadata: [{ type: 'ExternalId', id: 'track-order-4711' }],
    });

    await clock.advance(TEXT_AFTER_ACTION_MS + 1);

    await cloud.receiver.waitForMessage(({ event }) => String(event['message']).includes('tracking page'));
    expect(agentsMessages(conversation).length).toBe(2);
  });

  it('can be set for an account and for one conversation, which wins, and be taken back', async () => {
    const control = async (method: string, path: string, body: object): Promise<void> => {
      const answer = await cloud.caller.call(`/emulator/control/accounts/demo${path}`, { method, body });
      expect(answer.status).toBe(200);
    };
    const conversation = await cloud.caller.opened(consumer);
    const path = `/emulator/control/accounts/demo/conversations/${conversation}/persona`;
    const serving = async () => (await cloud.caller.call(path)).body;
    expect(await serving()).toEqual({ persona: null });
    await control('PATCH', '', { settings: { persona: 'echo' } });
    expect(await serving()).toEqual({ persona: 'echo' });
    expect(await answerTo(conversation, 'Hello')).toContain('"message":"Hello"');

    await control('PUT', `/conversations/${conversation}/persona`, { persona: 'human' });
    expect(await serving()).toEqual({ persona: 'human' });
    expect(await answerTo(conversation, 'Hello')).toContain('I see, thank you');

    await control('PUT', `/conversations/${conversation}/persona`, { persona: null });
    await control('PATCH', '', { settings: { persona: null } });
    expect(await answerTo(conversation, 'Hello')).toContain('You wrote');
  });
});
