import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { greeter } from '../agent/scripts/greeter.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { EmulatorOptions } from '../emulator.ts';
import { at } from '../testing/answer.ts';
import type { Consumer } from '../testing/caller.ts';
import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { closing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';
import { createSigningKey } from '../tokens/signing-key.ts';
import { StateKeeper } from './state-keeper.ts';

describe('State', () => {
  describe('while running', () => {
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
      expect((await cloud.caller.call(cloud.caller.installationsPath(), { headers: bearer })).status).toBe(
        401,
      );

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

  describe('over a restart', () => {
    let folder: string;
    let lines: { readonly level: string; readonly message: string; readonly fields: object }[];
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'emulator-state-'));
      lines = [];
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const note =
      (level: string) =>
      (fields: object, message: string): void =>
        void lines.push({ level, message, fields });
    const log: EmulatorLog = { info: note('info'), warn: note('warn'), error: note('error') };
    const start = (more: Partial<EmulatorOptions> = {}): Promise<TestCloud> =>
      startTestCloud({ dataDir: folder, log, ...more });
    const file = (): string => join(folder, 'emulator', 'state.json');

    it('keeps apps with their secrets, tokens, sessions, conversations and the profile of the consumer', async () => {
      const first = await start({ agentScript: greeter });
      const consumer = await first.caller.consumer();
      const bearer = await first.caller.bearer();
      const app = await first.caller.app();
      const conversation = await first.caller.opened(consumer, { firstName: 'Ada' });
      await first.caller.say(consumer, conversation, 'before');
      await first.receiver.waitForMessage(({ event }) => event['chatState'] === 'ACTIVE');
      await first[Symbol.asyncDispose]();

      await using second = await start({ agentScript: greeter });

      const { caller, receiver } = second;
      expect((await caller.call(caller.installationsPath(), { headers: bearer })).status).toBe(200);
      expect((await caller.app()).client_secret).toBe(app.client_secret);
      const said = await caller.say(consumer, conversation, 'after');
      expect(said.status).toBe(200);
      const answer = await receiver.waitForMessage(
        ({ event, originatorMetadata }) =>
          event.type === 'ContentEvent' && originatorMetadata?.role === 'ASSIGNED_AGENT',
      );
      expect(isSignedWith(app.client_secret ?? '', answer)).toBeTrue();
    });

    it('lets the seeded apps point to where the connector listens now', async () => {
      const first = await start();
      await first.caller.app();
      await first[Symbol.asyncDispose]();

      await using second = await start();
      const { capabilities } = await second.caller.app();

      expect(JSON.stringify(capabilities)).toContain(second.receiver.url);
      expect(JSON.stringify(capabilities)).not.toContain(first.receiver.url);
    });

    it('keeps the settings of accounts, but no faults, no settings of the cloud, and no webhook that waited', async () => {
      const first = await start();
      const control = new ControlCaller(first.emulator.origin);
      const conversation = await first.caller.opened(await first.caller.consumer());
      await control.call('PATCH', '/accounts/demo', { settings: { persona: 'echo' } });
      await control.call('PATCH', '/settings', { appTokenLifetimeS: 60 });
      await control.fault({ on: 'call', kind: 'status', status: 503, match: { service: 'idp' } });
      await control.fault({ on: 'webhook', kind: 'reorder', ms: 600_000 });
      await control.post(`/accounts/demo/conversations/${conversation}/say`, { text: 'held back' });
      await first[Symbol.asyncDispose]();

      await using second = await start();
      const after = new ControlCaller(second.emulator.origin);

      expect((await after.get('/accounts/demo')).at('settings', 'persona')).toBe('echo');
      expect((await after.get('/settings')).at('appTokenLifetimeS')).toBe(3600);
      expect((await after.get('/faults')).at('faults')).toEqual([]);
      expect((await after.standing())['waiting']).toBe(0);
      expect((await after.get(`/accounts/demo/conversations/${conversation}`)).status).toBe(200);
    });

    it('keeps the clock where it was set', async () => {
      const first = await start();
      await new ControlCaller(first.emulator.origin).advance({ days: 3 });
      await first[Symbol.asyncDispose]();

      await using second = await start();

      const clock = await new ControlCaller(second.emulator.origin).get('/clock');
      expect(clock.at('aheadMs')).toBeGreaterThan(3 * 86_400_000 - 60_000);
    });

    it('is written while it runs, by its owner only readable, and never half', async () => {
      await using cloud = await start();
      const consumer = await cloud.caller.consumer();
      const conversation = await cloud.caller.opened(consumer);

      await eventually(() => readOr(file(), '').includes(conversation));

      expect(() => JSON.parse(readFileSync(file(), 'utf8')) as unknown).not.toThrow();
      expect(statSync(file()).mode & 0o077).toBe(0);
      expect(readdirSync(join(folder, 'emulator')).filter((name) => name.endsWith('.new'))).toEqual([]);
    });

    const useless: readonly (readonly [string, string])[] = [
      ['torn', '{"format":"connector-api-demo-emulator","version":1,"acc'],
      ['empty', ''],
      ['foreign', '{"name":"some other program"}'],
      ['of another version', '{"format":"connector-api-demo-emulator","version":2}'],
      ['binary', '\u0000\u0001\u0002'],
    ];
    for (const [what, content] of useless) {
      it(`puts a ${what} file aside with one clear line, and starts afresh`, async () => {
        mkdirSync(join(folder, 'emulator'));
        writeFileSync(file(), content);

        await using cloud = await start();

        expect((await cloud.caller.app()).client_name).toBe('Demo connector');
        const aside = `${file()}.unreadable-1`;
        expect(readFileSync(aside, 'utf8')).toBe(content);
        expect(lines.filter(({ level }) => level === 'warn')).toEqual([
          {
            level: 'warn',
            message: 'emulator state cannot be used and was put aside',
            fields: jasmine.objectContaining({ file: file(), aside, problem: jasmine.any(String) }),
          },
        ]);
      });
    }

    it('does not overwrite what was put aside before', async () => {
      mkdirSync(join(folder, 'emulator'));
      for (const content of ['first', 'second']) {
        writeFileSync(file(), content);
        await (await start())[Symbol.asyncDispose]();
        rmSync(file(), { force: true });
      }

      const names = readdirSync(join(folder, 'emulator')).filter((name) => name.includes('unreadable'));
      expect(names.toSorted()).toEqual(['state.json.unreadable-1', 'state.json.unreadable-2']);
    });

    it('is not kept without a data folder', async () => {
      const first = await startTestCloud();
      const { client_secret: before } = await first.caller.app();
      await first[Symbol.asyncDispose]();

      await using second = await startTestCloud();

      expect((await second.caller.app()).client_secret).not.toBe(before);
    });

    it('goes on and says so when the file cannot be written, and writes it with the next change', async () => {
      const taken = join(folder, 'not-a-folder');
      writeFileSync(taken, '');
      const contents = ['one', 'two'];
      const keeper = new StateKeeper({
        file: join(taken, 'state.json'),
        content: () => contents.shift() ?? '',
        log,
        machine: { schedule: (_ms, task) => (task(), { cancel: () => undefined }) },
      });

      keeper.touch();
      await eventually(() => lines.length === 1);
      rmSync(taken);
      keeper.touch();
      await keeper.close();

      expect(lines[0]?.message).toBe('emulator state could not be written');
      expect(readFileSync(join(taken, 'state.json'), 'utf8')).toBe('two');
    });
  });
});

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
