import { spawn } from 'node:child_process';

import { whileAlive } from './run-command.mjs';

describe('a program that is waited for', () => {
  it('tells its exit code, and by its number the signal that ended it', async () => {
    const ends = async (code: string): Promise<number> =>
      whileAlive(spawn(process.execPath, ['-e', code], { stdio: 'ignore' }));

    expect(await ends('process.exit(3)')).toBe(3);
    expect(await ends("process.kill(process.pid, 'SIGKILL')")).toBe(137);
    expect(await ends("process.kill(process.pid, 'SIGTERM')")).toBe(143);
  });
});
