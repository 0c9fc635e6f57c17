import { execFile, spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { greeter } from './agent/scripts/greeter.ts';
import { certifiedDataDir } from './testing/certified-data-dir.ts';
import { ControlCaller } from './testing/control-caller.ts';
import { startTestCloud } from './testing/test-cloud.ts';
import type { TestCloud } from './testing/test-cloud.ts';

const run = promisify(execFile);
const EXAMPLES = resolve(import.meta.dirname, '../../docs/examples');

interface Example {
  readonly language: string;
  /** Its version's number is the first in what it says of itself. */
  readonly interpreter: string;
  readonly leastVersion: number;
  readonly file: string;
}

/** Node is what runs this, curl is on every machine that the project is checked on. */
const ALWAYS: readonly Example[] = [
  { language: 'Node', interpreter: process.execPath, leastVersion: 20, file: 'connector.mjs' },
  { language: 'curl', interpreter: 'sh', leastVersion: 0, file: 'connector.sh' },
];
const WHERE_INSTALLED: readonly Example[] = [
  { language: 'Python', interpreter: 'python3', leastVersion: 3, file: 'connector.py' },
  { language: 'Java', interpreter: 'java', leastVersion: 17, file: 'Connector.java' },
];

/** Whatever the locale of whoever runs this. */
const UTF_8 = {
  PYTHONIOENCODING: 'utf-8',
  JAVA_TOOL_OPTIONS: '-Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8',
};

function isInstalled({ interpreter, leastVersion }: Example): boolean {
  const { stdout, error } = spawnSync(interpreter, ['--version'], { encoding: 'utf8' });
  return !error && Number(/\d+/.exec(stdout)?.[0] ?? 0) >= leastVersion;
}

describe('A connector that is not this app, over TLS with the CA file (§0.4)', () => {
  let dataDir: string;
  let cloud: TestCloud;
  beforeEach(async () => (dataDir = await certifiedDataDir()));
  afterEach(() => rm(dataDir, { recursive: true }));
  beforeEach(async () => (cloud = await startTestCloud({ httpsPort: 0, dataDir, agentScript: greeter })));
  afterEach(() => cloud[Symbol.asyncDispose]());

  function runExample({ language, interpreter, file }: Example) {
    const { tls } = cloud.emulator;
    const caFile = tls?.caFile ?? '';
    const environment = { NODE_EXTRA_CA_CERTS: caFile, NODE: process.execPath, ...UTF_8 };
    const given = [`localhost:${tls?.port ?? 0}`, ...(language === 'Node' ? [] : [caFile])];
    return run(interpreter, [join(EXAMPLES, file), ...given], {
      env: { ...process.env, ...environment },
      cwd: dirname(EXAMPLES),
    });
  }

  for (const example of [...ALWAYS, ...WHERE_INSTALLED.filter(isInstalled)]) {
    it(`is served from the directory to the close, and checks signatures: ${example.language}`, async () => {
      const match = { eventType: 'ChatStateEvent' };
      const control = new ControlCaller(cloud.emulator.origin);
      await control.fault({ on: 'webhook', kind: 'wrong-signature', match, count: 1 });

      const { stdout, stderr } = await runExample(example);

      expect(stdout).toMatch(/^conversation [0-9a-f-]{36}$/m);
      expect(stdout).toMatch(/^the agent said .*Grüße 👋.* Write "help" to see/m);
      expect(stdout).toMatch(/^closed by CONSUMER$/m);
      expect(stdout).toMatch(/^signatures: \d+ right, 1 wrong$/m);
      expect(stderr).toMatch(/^wrong signature: sha1=\S+ instead of sha1=\S+$/m);
    }, 60_000);

    it(`checks signatures by the algorithm that they name: ${example.language}`, async () => {
      cloud.emulator.settings.signature = { algorithm: 'sha256', encoding: 'base64' };

      const { stdout } = await runExample(example);

      expect(stdout).toMatch(/^signatures: \d+ right, 0 wrong$/m);
    }, 60_000);
  }
});
