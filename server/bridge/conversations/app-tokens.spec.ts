import { SignJWT } from 'jose';

import { asAccountId, asAppKey } from '#protocol/identifiers';

import type { AdminContext } from '../upstream/app-installation-client.ts';
import { AppTokens } from './app-tokens.ts';

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
  function tokensOf(...given: readonly string[]): AppTokens {
    const rest = [...given];
    return new AppTokens({
      client: { fetch: () => Promise.resolve(rest.shift() ?? 'none is left') },
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
    const tokens = tokensOf(short, 'next');

    await tokens.get(context, appKey);
    now += 2 * MINUTE_MS - 1;
    expect(await tokens.get(context, appKey)).toBe(short);
    now += 1;

    expect(await tokens.get(context, appKey)).toBe('next');
  });

  it('of an unknown form are taken for good for an hour, less the five minutes', async () => {
    const tokens = tokensOf('opaque', 'next');

    await tokens.get(context, appKey);
    now += 55 * MINUTE_MS - 1;
    expect(await tokens.get(context, appKey)).toBe('opaque');
    now += 1;

    expect(await tokens.get(context, appKey)).toBe('next');
  });

  it('that came since are not forgotten when an older one is refused late', async () => {
    const tokens = tokensOf('old', 'new', 'one too many');
    const old = await tokens.get(context, appKey);
    tokens.forget(context, appKey, old);
    await tokens.get(context, appKey);

    tokens.forget(context, appKey, old);

    expect(await tokens.get(context, appKey)).toBe('new');
  });
});
