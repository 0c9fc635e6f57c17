import type { AppInstallation } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';

import { EffectiveApps } from './effective-apps.ts';

const KEY = asAppKey('app');
const app = (name: string): AppInstallation => ({
  id: KEY,
  client_id: KEY,
  client_name: name,
  client_secret: 's',
  client_id_issued_at: 0,
  enabled: true,
});

describe('Installations as the webhooks see them (§4.2.1)', () => {
  let now: number;
  let delayMs: number;
  let apps: EffectiveApps;
  const seen = (): (string | null)[] => apps.list().map(({ client_name }) => client_name);
  beforeEach(() => {
    now = 1000;
    delayMs = 120_000;
    apps = new EffectiveApps({ clock: { now: () => now }, delayMs: () => delayMs });
  });

  it('change only after the delay, one change after the other', () => {
    apps.change(KEY, app('first'));
    apps.settle();
    apps.change(KEY, app('second'));
    now += 60_000;
    apps.change(KEY, app('third'));

    expect(seen()).toEqual(['first']);
    now += 60_000;
    expect(seen()).toEqual(['second']);
    now += 59_999;
    expect(seen()).toEqual(['second']);
    now += 1;
    expect(seen()).toEqual(['third']);
  });

  it('come and go after the delay', () => {
    apps.change(KEY, app('new'));
    expect(seen()).toEqual([]);
    now += 120_000;
    expect(seen()).toEqual(['new']);

    apps.change(KEY, null);
    expect(seen()).toEqual(['new']);
    now += 120_000;
    expect(seen()).toEqual([]);
  });

  it('keep the delay that they began with', () => {
    apps.change(KEY, app('first'));
    apps.settle();
    apps.change(KEY, app('second'));
    delayMs = 0;

    expect(seen()).toEqual(['first']);
    apps.change(KEY, app('third'));
    expect(seen()).toEqual(['third']);
  });

  it('change at once without a delay', () => {
    delayMs = 0;
    apps.change(KEY, app('now'));

    expect(seen()).toEqual(['now']);
  });

  it('keep no more versions than may be needed', () => {
    for (let index = 0; index < 1000; index += 1) apps.change(KEY, app(`version ${index}`));
    apps.settle();

    expect(seen()).toEqual(['version 999']);
  });
});
