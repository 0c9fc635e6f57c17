import { asAccountId, asUserId } from '#protocol/identifiers';

import { startInterposer, type Interference, type Interposer } from '../../testing/interposer.ts';
import { MemoryEventStore } from '../../testing/memory-event-store.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { CallsUnderWayBook } from '../event-store/calls-under-way-book.ts';
import { ExchangeRecorder } from '../event-store/exchange-recorder.ts';
import { openBridgeDatabase } from '../storage/bridge-database.ts';
import { createSeal } from '../storage/seal.ts';
import { AgentLoginClient } from '../upstream/agent-login-client.ts';
import { ServiceDirectoryClient } from '../upstream/service-directory-client.ts';
import { UpstreamHttp } from '../upstream/upstream-http.ts';
import { CloudAccess } from './cloud-access.ts';
import { SessionStore } from './session-store.ts';
import { SignIn } from './sign-in.ts';

const FAILED: Interference = { kind: 'answer', status: 500 };
const REFUSED: Interference = { kind: 'answer', status: 401 };
const DONE: Interference = { kind: 'answer', status: 200 };

describe('signing out in the cloud', () => {
  let wire: Interposer;
  let stack: AsyncDisposableStack;
  const waits: number[] = [];
  beforeEach(async () => {
    stack = new AsyncDisposableStack();
    wire = stack.use(await startInterposer(() => 'http://127.0.0.1:1'));
    waits.splice(0);
  });
  afterEach(() => stack.disposeAsync());

  /** Signs out of a cloud that answers so, one try after the other, until all of it came. */
  async function signOut(answers: readonly Interference[]): Promise<readonly string[]> {
    const { log, lines } = recordingLogger('info');
    const database = openBridgeDatabase(':memory:', { log });
    stack.defer(() => database.close());
    const told = Promise.withResolvers<undefined>();
    wire.interfere(() => {
      if (wire.seen.length === answers.length) told.resolve(undefined);
      return answers[wire.seen.length - 1] ?? FAILED;
    });
    const http = stack.use(
      new UpstreamHttp({
        userAgent: 'spec',
        random: () => 0,
        pause: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
      }),
    );
    const recorder = new ExchangeRecorder(new MemoryEventStore(), log, new CallsUnderWayBook());
    const sessions = new SessionStore({ database, seal: createSeal('s', 'spec'), now: Date.now });
    const signIn = new SignIn({
      ...{
        access: new CloudAccess(() => wire.origin, recorder),
        directory: new ServiceDirectoryClient(http),
      },
      ...{ agentLogin: new AgentLoginClient(http), sessions, recorder, log, demoSignIn: () => null },
    });
    const hosts = { agentVep: new URL(wire.origin).host };
    const cloud = { loginName: 'admin', bearer: 'b', csrf: 'c', cookie: 's=1', hosts };
    await signIn.signOut(sessions.create(asAccountId('demo'), asUserId('1'), cloud).session);
    await told.promise;
    return lines;
  }

  it('is tried again as the vendor recommends when the cloud fails, and nobody waits for that', async () => {
    await signOut([FAILED, FAILED, FAILED, DONE]);

    expect(wire.seen.every(({ url }) => url.includes('/logout'))).toBeTrue();
    expect(waits).toEqual([5_000, 10_000]);
  });

  it('is over when the cloud knows no such session', async () => {
    const lines = await signOut([REFUSED]);

    expect(wire.seen.length).toBe(1);
    expect(lines.join('')).toContain('it runs out by itself');
  });
});
