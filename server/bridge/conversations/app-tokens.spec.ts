import { SignJWT } from 'jose';

import { asAccountId, asAppKey } from '#protocol/identifiers';

import { createLogger } from '../logging/loggers.ts';
import type { AdminContext } from '../upstream/app-installation-client.ts';
import { AppTokens, type AppTokensDeps } from './app-tokens.ts';

const MINUTE_MS = 60_000;
const appKey = asAppKey('app');
const context: AdminContext = {
  services: { account: asAccountId('demo'), directoryOrigin: 'http://127.0.0.1:1', hosts: {} },
  bearer: 'bearer',
  record: () => undefined,
};

describe('the tokens of apps', () => {
  let now: number;
  beforeEach(() => (now = Date.UTC(2026, 0, 15)));

  /** The cloud gives these tokens in turn. */
  function tokensInTurn(...given: readonly string[]): AppTokens {
    const rest = [...given];
    return tokensOf({ fetch: () => Promise.resolve(rest.shift() ?? 'none is left') });
  }

  function tokensOf(client: AppTokensDeps['client']): AppTokens {
    return new AppTokens({
      client,
      log: createLogger({ level: 'silent' }),
      secrets: { find: () => 'secret' },
      installations: { read: () => Promise.reject(new Error('the secret is known')) },
      now: () => now,
    });
  }

  const jwt = (lifetimeS: number): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt(1_000_000)
      .setExpirationTime(1_000_000 + lifetimeS)
      .sign(new Uint8Array(32));

  it('with a short life are renewed after half of it, whatever the cloud’s clock says', async () => {
    const short = await jwt(4 * 60);
    const tokens = tokensInTurn(short, 'next');

    await tokens.get(context, appKey);
    now += 2 * MINUTE_MS - 1;
    expect(await tokens.get(context, appKey)).toBe(short);
    now += 1;
    await tokens.get(context, appKey);
    await new Promise(setImmediate);

    expect(await tokens.get(context, appKey)).toBe('next');
  });

  it('of an unknown form are taken for good for an hour, less the five minutes', async () => {
    const tokens = tokensInTurn('opaque', 'next');

    await tokens.get(context, appKey);
    now += 55 * MINUTE_MS - 1;
    expect(await tokens.get(context, appKey)).toBe('opaque');
    now += 1;
    await tokens.get(context, appKey);
    await new Promise(setImmediate);

    expect(await tokens.get(context, appKey)).toBe('next');
  });

  it('are renewed in the background, once at a time, while the one that is held is still good', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const asked: (string | undefined)[] = [];
    const tokens = tokensOf({
      fetch: ({ patience }) => {
        asked.push(patience);
        return asked.length === 1 ? Promise.resolve('held') : promise;
      },
    });
    await tokens.get(context, appKey);
    now += 56 * MINUTE_MS;

    expect([await tokens.get(context, appKey), await tokens.get(context, appKey)]).toEqual(['held', 'held']);
    resolve('next');
    await new Promise(setImmediate);

    expect(await tokens.get(context, appKey)).toBe('next');
    expect(asked).toEqual([undefined, 'background']);
  });

  it('that ran out are waited for, and what failed is told', async () => {
    const given = [Promise.resolve('held'), Promise.reject(new Error('cloud down'))];
    const tokens = tokensOf({ fetch: () => given.shift() ?? Promise.resolve('none is left') });
    await tokens.get(context, appKey);
    now += 60 * MINUTE_MS;

    await expectAsync(tokens.get(context, appKey)).toBeRejectedWithError('cloud down');
  });

  it('that could not be renewed stay as long as they are good, and are asked for again after a minute', async () => {
    let fetches = 0;
    const tokens = tokensOf({
      fetch: () => {
        fetches += 1;
        return fetches === 2 ? Promise.reject(new Error('cloud down')) : Promise.resolve(`token ${fetches}`);
      },
    });
    const use = async (): Promise<string> => {
      const token = await tokens.get(context, appKey);
      await new Promise(setImmediate);
      return token;
    };
    await use();
    now += 56 * MINUTE_MS;
    await use();

    expect([await use(), await use()]).toEqual(['token 1', 'token 1']);
    expect(fetches).toBe(2);
    now += MINUTE_MS;
    expect([await use(), await use()]).toEqual(['token 1', 'token 3']);
  });

  it('that came since are not forgotten when an older one is refused late', async () => {
    const tokens = tokensInTurn('old', 'new', 'one too many');
    const old = await tokens.get(context, appKey);
    tokens.forget(context, appKey, old);
    await tokens.get(context, appKey);

    tokens.forget(context, appKey, old);

    expect(await tokens.get(context, appKey)).toBe('new');
  });
});
