// npm run start-local: builds the web app if its sources changed, starts bridge and emulator, says what to do next.
import { runCommand } from './run-command.mjs';
import { startServer } from './start-server.ts';
import { ROOT, isWebBuilt } from './web-build.ts';

const NEXT_STEPS = `  Open it and choose "Try it now": no account and no password needed.
  Stop with Ctrl+C.
`;

/** It stopped in order, or at once by SIGINT or SIGTERM. */
const ASKED_TO_STOP = new Set([0, 130, 143]);

const endedWords = (code: number): string => `
  The server ended unexpectedly (exit code ${code}). What it had stored is kept: start it again with
  "npm run start-local".`;

const buildCode = isWebBuilt() ? 0 : await runCommand(process.execPath, ['scripts/build.ts'], { cwd: ROOT });
process.exitCode = buildCode === 0 ? await serve() : buildCode;

async function serve(): Promise<number> {
  try {
    // The log is for whoever asks for it: a person who tries the app needs the address, and what goes wrong.
    const level = process.env['LOG_LEVEL'] ?? 'warn';
    const env = { EMULATOR_ENABLED: 'true', LOG_LEVEL: level };
    const server = await startServer(env, (text) => process.stdout.write(text));
    console.log(NEXT_STEPS);
    const code = await server.exit;
    if (!ASKED_TO_STOP.has(code)) console.error(endedWords(code));
    return code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
