import { at } from '../testing/answer.ts';
import type { Consumer } from '../testing/caller.ts';
import { ControlCaller } from '../testing/control-caller.ts';
import { closing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { createSigningKey } from '../tokens/signing-key.ts';

describe('State, while running,', () => {
  let cloud: TestCloud;
  let control: ControlCaller;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    cloud = await startTestCloud();
    control = new ControlCaller(cloud.emulator.origin);
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, conversation, 'before');
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  it('is one readable JSON document', async () => {
    const snapshot = await control.get('/state');
    const app = await cloud.caller.app();

    expect(snapshot.text).toContain('\n  "accounts": [');
    expect(snapshot.at('format')).toBe('connector-api-demo-emulator');
    expect(snapshot.at('accounts', 0, 'id')).toBe('demo');
    expect(snapshot.text).toContain(app.client_secret ?? '?');
    expect(snapshot.text).toContain(conversation);
  });

  it('can be restored: apps, secrets, tokens, sessions, conversations and history are as they were', async () => {
    const bearer = await cloud.caller.bearer();
    const app = await cloud.caller.app();
    const snapshot = (await control.get('/state')).body;
    await cloud.caller.say(consumer, conversation, 'undone');
    await cloud.caller.send(consumer, closing(conversation));
    await control.post('/state/reset');
    expect((await cloud.caller.call(cloud.caller.installationsPath(), { headers: bearer })).status).toBe(401);

    expect((await control.call('PUT', '/state', snapshot)).status).toBe(204);

    const listed = await cloud.caller.call(cloud.caller.installationsPath(), { headers: bearer });
    expect(listed.status).toBe(200);
    expect(listed.text).toContain(app.client_secret ?? '?');
    expect((await cloud.caller.say(consumer, conversation, 'after')).at('body', 'sequence')).toBe(1);
    expect((await cloud.caller.open(consumer)).status).toBe(400);
    const history = await cloud.caller.post(
      '/messaging_history/api/account/demo/conversations/conversation/search?source=spec&v=2',
      { conversationId: conversation, contentToRetrieve: ['messageRecords'] },
      bearer,
    );
    expect(history.text).toContain('before');
    expect(history.text).not.toContain('undone');
  });

  it('can be carried to another emulator: tokens are good there, and those from there are not any more', async () => {
    await using other = await startTestCloud({ signingKey: await createSigningKey() });
    const foreign = await other.caller.consumer();
    const snapshot = (await control.get('/state')).body;

    await new ControlCaller(other.emulator.origin).call('PUT', '/state', snapshot);

    expect((await other.caller.say(consumer, conversation, 'over there')).at('body', 'sequence')).toBe(1);
    expect((await other.caller.open(foreign)).at('body', 'errorCode')).toBe(40102);
  });

  it('can be reset: accounts are fresh, faults and settings are gone, the clock stays', async () => {
    await control.fault({ on: 'call', kind: 'drop', match: { service: 'idp' } });
    await control.call('PATCH', '/settings', { appTokenLifetimeS: 7 });
    await control.advance({ days: 1 });
    const before = await cloud.caller.app();

    expect((await control.post('/state/reset')).status).toBe(204);

    const after = await cloud.caller.app();
    expect([after.id, after.client_secret === before.client_secret]).toEqual([before.id, false]);
    expect((await control.get('/accounts/demo/conversations')).at('total')).toBe(0);
    expect((await control.get('/faults')).at('faults')).toEqual([]);
    expect((await control.get('/settings')).at('appTokenLifetimeS')).toBe(3600);
    expect((await control.get('/clock')).at('aheadMs')).toBeGreaterThan(86_000_000);
    expect((await cloud.caller.open(await cloud.caller.consumer())).status).toBe(200);
  });

  it('ends what agents and webhooks were doing when it is put in place of what was', async () => {
    const snapshot = (await control.get('/state')).body;
    cloud.receiver.respond = () => undefined;
    await cloud.caller.say(consumer, conversation, 'hangs');
    await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'hangs');
    await cloud.caller.say(consumer, conversation, 'waits');

    await control.call('PUT', '/state', snapshot);

    cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
    await cloud.caller.say(consumer, conversation, 'afterwards');
    await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'afterwards');
    expect(cloud.receiver.messages.map(({ event }) => event['message'])).not.toContain('waits');
  });

  const foreign: readonly (readonly [string, (snapshot: object) => unknown, RegExp])[] = [
    ['another format', (snapshot) => ({ ...snapshot, format: 'mine' }), /format/],
    ['another version', (snapshot) => ({ ...snapshot, version: 99 }), /version/],
    ['no accounts', (snapshot) => ({ ...snapshot, accounts: 'none' }), /accounts/],
    ['a broken conversation', (snapshot) => withConversation(snapshot, { id: 'c' }), /conversation/],
    ['no key', (snapshot) => ({ ...snapshot, signingKey: {} }), /signingKey/],
    ['a useless key', (snapshot) => ({ ...snapshot, signingKey: { kty: 'RSA', n: 'x' } }), /signingKey/],
    ['a list', () => [], /./],
  ];
  for (const [what, spoiled, words] of foreign) {
    it(`refuses a snapshot with ${what}, and changes nothing`, async () => {
      const snapshot = (await control.get('/state')).body as object;

      const answer = await control.call('PUT', '/state', spoiled(snapshot));

      expect(answer.status).toBe(400);
      expect(answer.textAt('error', 'message')).toMatch(words);
      expect((await cloud.caller.say(consumer, conversation, 'goes on')).status).toBe(200);
    });
  }

  const withConversation = (snapshot: object, conversation: object): object => ({
    ...snapshot,
    accounts: [{ ...(at(snapshot, 'accounts', 0) as object), conversations: [conversation] }],
  });
});
