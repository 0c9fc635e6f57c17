// npm run dev: the server, started anew when its sources change, and `ng serve` in front of it. Both stop together.
import { spawn, type ChildProcess } from 'node:child_process';
import { whileAlive } from './run-command.mjs';
import { ROOT } from './web-build.ts';

const env = { ...process.env, EMULATOR_ENABLED: 'true' };
const start = (command: string, args: readonly string[]): ChildProcess =>
  spawn(command, args, {
    cwd: ROOT,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command !== process.execPath,
  });

console.log('Open http://localhost:4200 when the first build is done. Stop with Ctrl+C.\n');
const programs = [
  start(process.execPath, ['--watch', '--watch-preserve-output', 'server/main.ts']),
  start('ng', ['serve', '--port', '4200']),
];
const exits = programs.map((program) => whileAlive(program));
const firstCode = await Promise.race(exits);
programs.forEach((program) => program.kill('SIGTERM'));
await Promise.all(exits);
process.exitCode = firstCode;
