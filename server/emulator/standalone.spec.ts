import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { readStandaloneSettings } from './standalone-settings.ts';

describe('The settings of an emulator that runs alone', () => {
  it('have defaults that are the application’s', () => {
    expect(readStandaloneSettings({ EMULATOR_HTTP_PORT: ' ' })).toEqual({
      host: '127.0.0.1',
      httpPort: 8283,
      httpsPort: 8284,
      dataDir: './data',
      webhookUrl: 'http://localhost:8282/notifications/event',
      webhookHosts: [],
      logLevel: 'info',
      logFormat: 'auto',
    });
  });

  it('are read from the environment', () => {
    const settings = readStandaloneSettings({
      HOST: '0.0.0.0',
      EMULATOR_HTTP_PORT: '0',
      EMULATOR_HTTPS_PORT: 'off',
      DATA_DIR: '/data',
      EMULATOR_WEBHOOK_URL: 'https://connector.example/hook',
      EMULATOR_WEBHOOK_HOSTS: 'one.example, two.example',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'lines',
    });

    expect(settings).toEqual({
      host: '0.0.0.0',
      httpPort: 0,
      httpsPort: null,
      dataDir: '/data',
      webhookUrl: 'https://connector.example/hook',
      webhookHosts: ['one.example', 'two.example'],
      logLevel: 'warn',
      logFormat: 'lines',
    });
  });

  for (const [name, value] of [
    ['EMULATOR_HTTP_PORT', 'many'],
    ['EMULATOR_HTTP_PORT', '70000'],
    ['EMULATOR_HTTP_PORT', 'off'],
    ['EMULATOR_HTTPS_PORT', '-1'],
    ['EMULATOR_WEBHOOK_URL', 'ftp://connector.example'],
    ['EMULATOR_WEBHOOK_URL', 'connector'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ] as const) {
    it(`name ${name} when it cannot be ${value}`, () => {
      expect(() => readStandaloneSettings({ [name]: value })).toThrowError(
        new RegExp(`${name} .*"${value}"`),
      );
    });
  }
});

describe('The emulator alone', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'emulator-alone-'))));
  afterEach(() => rm(dataDir, { recursive: true }));

  const start = (environment: Record<string, string>, ...options: string[]): ReturnType<typeof spawn> =>
    spawn(process.execPath, [resolve(import.meta.dirname, 'main.ts'), ...options], {
      env: {
        ...process.env,
        EMULATOR_HTTP_PORT: '0',
        EMULATOR_HTTPS_PORT: '0',
        LOG_LEVEL: 'silent',
        DATA_DIR: dataDir,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const textOf = async (stream: NodeJS.ReadableStream | null, enough = /$^/): Promise<string> => {
    let text = '';
    for await (const chunk of stream ?? []) {
      text += String(chunk);
      if (enough.test(text)) break;
    }
    return text;
  };

  it('says where it is, which CA file to use, who may sign in and where webhooks go, and ends when asked', async () => {
    const alone = start({}, '--webhook-url', 'http://localhost:1234/hook');
    const text = await textOf(alone.stdout, /webhooks go to .*\n/);

    const port = /http:\/\/localhost:(\d+)/.exec(text)?.[1] ?? '';
    expect(text).toMatch(/https:\/\/localhost:\d+/);
    expect(text).toContain(join(dataDir, 'emulator', 'ca.pem'));
    expect(text).toContain('admin / demo-admin');
    expect(text).toContain('http://localhost:1234/hook');
    expect(await readFile(join(dataDir, 'emulator', 'ca.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
    const directory = await fetch(
      `http://127.0.0.1:${port}/api/account/demo/service/baseURI.json?version=1.0`,
    );
    expect(directory.status).toBe(200);
    await directory.text();
    alone.kill('SIGTERM');
    expect(await once(alone, 'exit')).toEqual([0, null]);
  });

  it('logs JSON where nobody watches, and lines where they are asked for', async () => {
    const programs = start({ LOG_LEVEL: 'info' });
    const json = await textOf(programs.stdout, /emulator started/);
    programs.kill('SIGTERM');
    await once(programs, 'exit');
    const people = start({ LOG_LEVEL: 'info', LOG_FORMAT: 'lines' });
    const lines = await textOf(people.stdout, /emulator started/);
    people.kill('SIGTERM');
    await once(people, 'exit');

    expect(json).toMatch(/^\{.*"msg":"emulator started"\}$/m);
    expect(lines).toMatch(/^\d\d:\d\d:\d\d {2}emulator started {2}host=127\.0\.0\.1/m);
  });

  it('says in one line why it cannot start', async () => {
    const alone = start({ EMULATOR_HTTP_PORT: 'many' });
    const [text, exit] = await Promise.all([textOf(alone.stderr), once(alone, 'exit')]);

    expect(text).toBe('Cannot start: environment variable EMULATOR_HTTP_PORT cannot be "many".\n');
    expect(exit).toEqual([1, null]);
  });

  it('ends, and says which port it is, when another program has it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    const alone = start({ EMULATOR_HTTPS_PORT: String(port) });
    const [text, exit] = await Promise.all([textOf(alone.stderr), once(alone, 'exit')]);
    other.close();

    expect(text).toBe(
      `Cannot start: The emulator's port ${port} on 127.0.0.1 is in use by another program; stop it or set EMULATOR_HTTPS_PORT.\n`,
    );
    expect(exit).toEqual([1, null]);
  });

  it('explains its options', async () => {
    const alone = start({}, '--help');
    const [text] = await Promise.all([textOf(alone.stdout), once(alone, 'exit')]);

    expect(text).toContain('--webhook-url');
  });
});
