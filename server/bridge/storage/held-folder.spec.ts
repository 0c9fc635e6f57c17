import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { startTestBridge } from '../../testing/start-bridge.ts';
import { StartError } from '../config/start-error.ts';
import { holdFolder } from './held-folder.ts';

const BRIDGE_PROCESS = join(import.meta.dirname, '../../testing/kill-test/bridge-process.ts');
const HOLDING_PROCESS = join(import.meta.dirname, '../../testing/hold-folder-process.ts');

const AT_ONCE = { patienceMs: 0 };

describe('a data folder', () => {
  let folder = '';
  const children: ChildProcess[] = [];
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'held-'))));
  afterEach(async () => {
    await Promise.all(children.splice(0).map(killed));
    rmSync(folder, { recursive: true });
  });

  /** Of its own process; resolves when it serves. */
  const otherBridge = async (): Promise<ChildProcess> => {
    const child = fork(BRIDGE_PROCESS, [folder, '0', 'http://127.0.0.1:1']);
    children.push(child);
    await once(child, 'message');
    return child;
  };

  it('that another bridge uses stops the start, which says who uses it and what to do', async () => {
    const other = await otherBridge();

    const starting = startTestBridge({ folderPatienceMs: 0 }, { dataDir: folder });

    await expectAsync(starting).toBeRejectedWithError(
      StartError,
      new RegExp(
        `DATA_DIR ${folder} is in use by another bridge \\(process ${other.pid} on ${hostname()}, since 20.*Z\\).*` +
          'stop that one, or set DATA_DIR to another folder',
      ),
    );
  });

  it('that another one uses is waited for, with a word at once for whom and how long', async () => {
    const other = await otherBridge();
    const told: string[] = [];

    const waiting = (words: string): void => {
      told.push(words);
      other.kill('SIGKILL');
    };
    using held = holdFolder(folder, { patienceMs: 20_000, waiting });

    expect(held).toBeDefined();
    expect(told).toEqual([
      jasmine.stringMatching(
        `^DATA_DIR ${folder} is in use by process ${other.pid} on ${hostname()}, since 20.*Z; waiting up to 20 s for it to end$`,
      ),
    ]);
  });

  it('is free at once when the bridge that used it was killed', async () => {
    const other = await otherBridge();
    await killed(other);

    await using bridge = await startTestBridge({}, { dataDir: folder });

    expect((await fetch(`${bridge.origin}/health`)).status).toBe(200);
  });

  it('is free again when the bridge has stopped, and when its start failed', async () => {
    {
      await using first = await startTestBridge({}, { dataDir: folder });
      const port = Number(new URL(first.origin).port);
      const inner = mkdtempSync(join(folder, 'inner-'));
      await expectAsync(startTestBridge({}, { dataDir: inner, port })).toBeRejectedWithError(/in use/);
      using held = holdFolder(inner, AT_ONCE);
      expect(held).toBeDefined();
    }

    await using second = await startTestBridge({}, { dataDir: folder });
    expect((await fetch(`${second.origin}/health`)).status).toBe(200);
  });

  it('has one user within a process, too', () => {
    using held = holdFolder(folder, AT_ONCE);

    expect(() => holdFolder(folder, AT_ONCE)).toThrowError(
      StartError,
      new RegExp(`process ${process.pid} on`),
    );
    expect(held).toBeDefined();
  });

  it('is said to be used by whoever has it, never by the one that is refused, however many try at once', async () => {
    const racing = Array.from({ length: 3 }, async () => {
      const child = fork(HOLDING_PROCESS, [folder, '100']);
      children.push(child);
      const [wrong] = (await once(child, 'message')) as [readonly string[]];
      return wrong;
    });

    expect((await Promise.all(racing)).flat()).toEqual([]);
  });

  it('is held by whoever has its lock, also without telling who that is', () => {
    using other = new DatabaseSync(join(folder, 'in-use.sqlite'));
    other.exec('BEGIN IMMEDIATE');

    expect(() => holdFolder(folder, AT_ONCE)).toThrowError(
      StartError,
      /in use by another bridge \(another process\)/,
    );
  });

  it('whose holder cannot write its name is held all the same', () => {
    mkdirSync(join(folder, 'in-use.json'));

    using held = holdFolder(folder, AT_ONCE);

    expect(held).toBeDefined();
    expect(() => holdFolder(folder, AT_ONCE)).toThrowError(StartError, /in use by .* \(another process\)/);
  });

  it('that was deleted meanwhile is let go without a word', () => {
    const inner = mkdtempSync(join(folder, 'inner-'));
    const held = holdFolder(inner, AT_ONCE);
    rmSync(inner, { recursive: true });

    expect(() => held[Symbol.dispose]()).not.toThrow();
  });

  it('is nobody’s by name when its holder has let it go', () => {
    holdFolder(folder, AT_ONCE)[Symbol.dispose]();
    // Another one has the lock and has not told its name yet.
    using other = new DatabaseSync(join(folder, 'in-use.sqlite'));
    other.exec('BEGIN IMMEDIATE');

    expect(() => holdFolder(folder, AT_ONCE)).toThrowError(StartError, /in use by .* \(another process\)/);
  });

  it('whose lock is no lock stops the start with words, not with guesses', () => {
    writeFileSync(join(folder, 'in-use.sqlite'), 'something else '.repeat(100));

    expect(() => holdFolder(folder, AT_ONCE)).toThrowError(
      StartError,
      /in-use\.sqlite cannot be locked \(file is not a database\)\. It holds no data: .* delete it and start again/,
    );
  });

  it('that takes no lock stops the start with words', () => {
    expect(() => holdFolder(join(folder, 'absent'), AT_ONCE)).toThrowError(StartError, /cannot be locked/);
  });
});

/** Resolves when nothing of it can write any more. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
