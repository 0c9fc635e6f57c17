import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, 'main.ts');

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the program', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'main-'))));
  afterEach(() => {
    // A program that hangs must not outlive its spec.
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const children: ChildProcess[] = [];

  function start(
    environment: Record<string, string> = {},
  ): ChildProcess & { readonly texts: { out: string; err: string } } {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        DATA_DIR: join(folder, 'data'),
        SERVER_HTTP_PORT: '0',
        EMULATOR_HTTP_PORT: '0',
        EMULATOR_HTTPS_PORT: '0',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
    return Object.assign(child, { texts });
  }

  async function finish(environment: Record<string, string>): Promise<Finished> {
    const child = start(environment);
    await once(child, 'close');
    return { code: child.exitCode, stdout: child.texts.out, stderr: child.texts.err };
  }

  async function addressOf(child: ReturnType<typeof start>): Promise<string> {
    for (;;) {
      const address = /ready: (http:\/\/localhost:\d+)/.exec(child.texts.out)?.[1];
      if (address !== undefined) return address;
      await once(child.stdout!, 'data');
    }
  }

  it('tells where it is, works, and stops when asked to', async () => {
    const child = start();
    const address = await addressOf(child);

    const signIn = await fetch(`${address}/api/sign-in/demo`, { method: 'POST' });
    const stream = await fetch(`${address}/api/events`, {
      headers: { cookie: signIn.headers.getSetCookie().join().split(';', 1).join() },
    });
    const streamed = stream.text();
    child.kill('SIGTERM');
    await once(child, 'close');

    expect(signIn.status).toBe(200);
    expect(await streamed).toContain('caught-up');
    expect(child.exitCode).toBe(0);
    expect(child.texts.err).toBe('');
  }, 20_000);

  it('serves without the emulator', async () => {
    const child = start({ EMULATOR_ENABLED: 'false' });
    const address = await addressOf(child);

    const about = await fetch(`${address}/api/about`);
    const signIn = await fetch(`${address}/api/sign-in/demo`, { method: 'POST' });

    expect(await about.json()).toEqual(jasmine.objectContaining({ emulator: null }));
    expect(signIn.ok).toBeFalse();
  }, 20_000);

  it('says in one line that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const finished = await finish({ SERVER_HTTP_PORT: String(port) });

    expect(finished.stderr).toMatch(
      new RegExp(`^Cannot start: port ${port} .* is in use; .*SERVER_HTTP_PORT\\.\\n$`),
    );
    expect(finished.code).toBe(1);
    other.close();
  }, 20_000);

  it('says in one line that the emulator’s port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const finished = await finish({ EMULATOR_HTTP_PORT: String(port) });

    expect(finished.stderr).toMatch(new RegExp(`^Cannot start: .*${port}.*\\n$`));
    expect(finished.code).toBe(1);
    other.close();
  }, 20_000);

  it('says in one line which setting is wrong', async () => {
    const finished = await finish({ SERVER_HTTP_PORT: 'eighty' });

    expect(finished).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Cannot start: environment variable SERVER_HTTP_PORT must be a port number from 0 to 65535.\n',
    });
  }, 20_000);

  it('says in one line that its folder cannot be used', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    const finished = await finish({ DATA_DIR: join(file, 'data') });

    expect(finished.stderr).toMatch(/^Cannot start: DATA_DIR .* cannot be written \(ENOTDIR\)\.\n$/);
    expect(finished.code).toBe(1);
  }, 20_000);
});
