import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { Program } from './testing/program.ts';

describe('the program', () => {
  let folder = '';
  const programs: Program[] = [];
  const servers: Server[] = [];
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'main-'))));
  afterEach(async () => {
    // A program that hangs must not outlive its spec, nor write into a folder that is gone.
    await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
    for (const server of servers.splice(0)) server.close();
    rmSync(folder, { recursive: true });
  });

  const start = (environment: Readonly<Record<string, string>> = {}): Program => {
    const program = new Program(folder, {
      ...{ DATA_DIR: join(folder, 'data'), EMULATOR_ENABLED: 'true', EMULATOR_HTTPS_PORT: '0' },
      ...environment,
    });
    programs.push(program);
    return program;
  };

  const portInUse = async (): Promise<string> => {
    const server = createServer().listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return String((server.address() as AddressInfo).port);
  };

  it('tells where it is, works, and stops when asked to', async () => {
    const program = start();
    const origin = await program.origin();

    const signIn = await fetch(`${origin}/api/sign-in/demo`, { method: 'POST' });
    const stream = await fetch(`${origin}/api/events`, {
      headers: { cookie: signIn.headers.getSetCookie().join().split(';', 1).join() },
    });
    const streamed = stream.text();
    const code = await program.end('SIGTERM');

    expect(signIn.status).toBe(200);
    expect(await streamed).toContain('caught-up');
    expect(code).toBe(0);
    expect(program.err).toBe('');
  });

  it('serves without the emulator', async () => {
    const origin = await start({ EMULATOR_ENABLED: 'false' }).origin();

    const about = await fetch(`${origin}/api/about`);
    const signIn = await fetch(`${origin}/api/sign-in/demo`, { method: 'POST' });

    expect(await about.json()).toEqual(jasmine.objectContaining({ emulator: null }));
    expect(signIn.ok).toBeFalse();
  });

  it('says at once that it waits for the one that has its folder, and starts when that has ended', async () => {
    const first = start();
    await first.origin();

    const second = start();
    const waiting = await second.warned(/^.*\n/);
    await first.end('SIGTERM');
    const origin = await second.origin();

    expect(waiting).toMatch(
      new RegExp(
        `^DATA_DIR ${join(folder, 'data')} is in use by process ${first.processId} on ${hostname()}, since .*; ` +
          'waiting up to 6 s for it to end\\.\\n$',
      ),
    );
    expect((await fetch(`${origin}/health`)).status).toBe(200);
  });

  it('says in one line that its port is in use', async () => {
    const port = await portInUse();

    const program = start({ SERVER_HTTP_PORT: port });

    expect(await program.end()).toBe(1);
    expect(program.err).toMatch(
      new RegExp(`^Cannot start: port ${port} .* is in use; .*SERVER_HTTP_PORT\\.\\n$`),
    );
  });

  it('says in one line that the emulator’s port is in use', async () => {
    const port = await portInUse();

    const program = start({ EMULATOR_HTTP_PORT: port });

    expect(await program.end()).toBe(1);
    expect(program.err).toMatch(new RegExp(`^Cannot start: .*${port}.*\\n$`));
  });

  for (const [what, environment, words] of [
    [
      'which setting is wrong',
      { SERVER_HTTP_PORT: 'eighty' },
      'environment variable SERVER_HTTP_PORT must be a port number from 0 to 65535',
    ],
    [
      'that its settings are not there',
      { SETTINGS_FILE: '/nowhere.json' },
      'SETTINGS_FILE /nowhere.json does not exist',
    ],
  ] as const) {
    it(`says in one line ${what}`, async () => {
      const program = start(environment);

      expect(await program.end()).toBe(1);
      expect(program.err).toBe(`Cannot start: ${words}.\n`);
      expect(program.out).toBe('');
    });
  }

  it('says in one line that its folder cannot be used', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    const program = start({ DATA_DIR: join(file, 'data') });

    expect(await program.end()).toBe(1);
    expect(program.err).toMatch(/^Cannot start: DATA_DIR .* cannot be written \(ENOTDIR\)\.\n$/);
  });

  it('takes its settings from the file that it is told', async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(file, JSON.stringify({ WEBHOOK_MODE: 'loose' }));

    const program = start({ SETTINGS_FILE: file });

    expect(await program.end()).toBe(1);
    expect(program.err).toContain(`Cannot start: ${file}: WEBHOOK_MODE must be`);
  });
});
