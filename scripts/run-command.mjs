// @ts-check
// Starts a program in the foreground and lives and dies with it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs `command` with this process's terminal and resolves to its exit code.
 * A request to stop is passed on, and this process waits for the program to finish its own stop.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
export function runCommand(command, args, options = {}) {
  const { shell = process.platform === 'win32' && command !== process.execPath, ...rest } = options;
  const child = spawn(command, args, { stdio: 'inherit', shell, ...rest });
  return whileAlive(child);
}

const ORPHAN_CHECK_MS = 500;

/**
 * Passes requests to stop on to `child`, and resolves to its exit code; 128 and the signal's number when a signal ended it.
 *
 * The end of the program that started us is such a request too: npm stops only the shell between itself and a script, and
 * what the script started would run on unseen.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function whileAlive(child) {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    // Ctrl+C in a terminal reaches the whole group: the program has it already.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach((signal) => process.on(signal, stop));
  const parent = process.ppid;
  const orphanCheck = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, ORPHAN_CHECK_MS).unref();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  }).finally(() => {
    clearInterval(orphanCheck);
    signals.forEach((signal) => process.off(signal, stop));
  });
}
