// npm run start-local: builds the web app if its sources changed, starts bridge and emulator, says what to do next.
import { runCommand } from './run-command.mjs';
import { startServer } from './start-server.ts';
import { ROOT, isWebBuilt } from './web-build.ts';

const NEXT_STEPS = `  Open it and choose "Try it now": no account and no password needed.
  Stop with Ctrl+C.
`;

const buildCode = isWebBuilt() ? 0 : await runCommand(process.execPath, ['scripts/build.ts'], { cwd: ROOT });
process.exitCode = buildCode === 0 ? await serve() : buildCode;

async function serve(): Promise<number> {
  try {
    // The log is for whoever asks for it: a person who tries the app needs the address, and what goes wrong.
    const level = process.env['LOG_LEVEL'] ?? 'warn';
    const env = { EMULATOR_ENABLED: 'true', LOG_LEVEL: level };
    const server = await startServer(env, (text) => process.stdout.write(text));
    console.log(NEXT_STEPS);
    return await server.exit;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
