import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { greeter } from '../agent/scripts/greeter.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { EmulatorOptions } from '../emulator.ts';
import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';
import { StateKeeper } from './state-keeper.ts';

describe('State, over a restart,', () => {
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

  it('keeps what the control API has set: of the cloud, of accounts and of conversations', async () => {
    const first = await start();
    const control = new ControlCaller(first.emulator.origin);
    const conversation = await first.caller.opened(await first.caller.consumer());
    const signature = { algorithm: 'sha256', encoding: 'hex' };
    await control.call('PATCH', '/settings', { signature, installationEffectDelayMs: 7000 });
    const settings = { persona: 'echo', hasSurvey: false };
    await control.call('PATCH', '/accounts/demo', { settings, isMessagingEnabled: false });
    await control.call('PUT', `/accounts/demo/conversations/${conversation}/persona`, { persona: 'slow' });
    const before = (await control.get('/settings')).body;
    await first[Symbol.asyncDispose]();

    await using second = await start();
    const after = new ControlCaller(second.emulator.origin);

    expect((await after.get('/settings')).body).toEqual(before);
    expect((await after.get('/settings')).at('signature')).toEqual(signature);
    const account = await after.get('/accounts/demo');
    expect(account.at('settings')).toEqual(jasmine.objectContaining(settings));
    expect(account.at('isMessagingEnabled')).toBeFalse();
    expect((await after.get('/state')).at('accounts', 0, 'personas')).toEqual([[conversation, 'slow']]);
  });

  it('keeps fault rules with what is left of their counts and where their seeds are, and says so', async () => {
    const rule = {
      on: 'call',
      kind: 'status',
      status: 503,
      match: { service: 'idp' },
      probability: 0.5,
      seed: 9,
    };
    const refused = async ({ caller }: TestCloud, times: number): Promise<boolean[]> => {
      const answers: boolean[] = [];
      while (answers.length < times)
        answers.push((await caller.post(caller.path('/consumer?v=1.0'), {}, {})).status === 503);
      return answers;
    };
    const undisturbed = await startTestCloud();
    await new ControlCaller(undisturbed.emulator.origin).fault({ ...rule, count: 6 });
    const expected = await refused(undisturbed, 20);
    await undisturbed[Symbol.asyncDispose]();
    const first = await start();
    await new ControlCaller(first.emulator.origin).fault({ ...rule, count: 6 });
    const before = await refused(first, 5);
    await first[Symbol.asyncDispose]();

    await using second = await start();
    const control = new ControlCaller(second.emulator.origin);
    const firings = (await control.get('/faults')).at('faults', 0, 'fired');
    const after = await refused(second, 15);

    expect([...before, ...after]).toEqual(expected);
    expect(expected.filter(Boolean)).toHaveSize(6);
    expect(firings).toBe(before.filter(Boolean).length);
    expect(await control.fault(rule)).toBe('fault-2');
    expect((await control.get('/faults/firings')).at('firings', 0, 'number')).toBe(Number(firings) + 1);
    expect(lines).toContain({
      level: 'warn',
      message: 'fault rules were kept and are in force',
      fields: { rules: 1 },
    });
  });

  it('keeps what a fault has counted when nothing else has changed', async () => {
    const first = await start();
    const rule = { on: 'call', kind: 'status', status: 503, match: { service: 'csds' }, count: 1 };
    const asked = async ({ caller }: TestCloud): Promise<number> =>
      (await caller.call(caller.path('/service/baseURI.json?version=1.0'))).status;
    await new ControlCaller(first.emulator.origin).fault(rule);
    await eventually(() => readOr(file(), '').includes('"status": 503'));
    expect(await asked(first)).toBe(503);
    await first[Symbol.asyncDispose]();

    await using second = await start();

    expect(await asked(second)).toBe(200);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('reads a file of the first version, which had no settings, faults and webhooks', async () => {
    const first = await start();
    const app = await first.caller.app();
    await first[Symbol.asyncDispose]();
    const { settings, faults, webhooks, ...old } = JSON.parse(readFileSync(file(), 'utf8')) as Record<
      string,
      unknown
    >;
    expect([settings, faults, webhooks]).not.toContain(undefined);
    writeFileSync(file(), JSON.stringify({ ...old, version: 1 }));

    await using second = await start();

    expect((await second.caller.app()).client_secret).toBe(app.client_secret);
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
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
    ['of another version', '{"format":"connector-api-demo-emulator","version":99}'],
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

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
