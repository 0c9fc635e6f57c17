import { TestBed } from '@angular/core/testing';

import { buildFailure } from '../testing/build-failure';
import { buildInstallation } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { START } from '../testing/log-entries';
import { provideAccount } from '../testing/provide-account';
import { AccountApps, RECENT_MS } from './account-apps';
import { AppNames } from './app-names';
import { SignedInUser } from './signed-in-user';

describe('AccountApps', () => {
  async function start() {
    const account = new FakeAccount();
    account.installed = [buildInstallation({ name: 'Blue' })];
    TestBed.configureTestingModule({ providers: [provideAccount(account), AppNames] });
    const signedIn = TestBed.inject(SignedInUser);
    await signedIn.signInToDemo();
    const reading = spyOn(account, 'installations').and.callThrough();
    const apps = TestBed.inject(AccountApps);
    const names = () => apps.known()?.installations.map((app) => app.client_name) ?? null;
    return { account, apps, names, signedIn, asked: () => reading.calls.count() };
  }

  it('asks once for all who need no newer answer, for a minute', async () => {
    const clock = spyOn(Date, 'now').and.returnValue(START);
    const { account, apps, names, asked } = await start();
    await apps.recent();
    account.installed = [buildInstallation({ name: 'Green' })];
    clock.and.returnValue(START + RECENT_MS - 1);
    await apps.recent();
    expect([asked(), names()]).toEqual([1, ['Blue']]);

    clock.and.returnValue(START + RECENT_MS);
    await apps.recent();
    expect([asked(), names()]).toEqual([2, ['Green']]);
  });

  it('takes what anybody read, and asks again after a change', async () => {
    const { apps, asked } = await start();
    await apps.read();
    await apps.recent();
    expect(asked()).toBe(1);

    apps.outdate();
    await apps.recent();
    await apps.recent();
    expect(asked()).toBe(2);
  });

  it('keeps what is known when a later reading is refused, says why, and asks again', async () => {
    const { account, apps, names, asked } = await start();
    await apps.read();
    account.refusal = buildFailure('upstream-unreachable');
    await expectAsync(apps.read()).toBeRejected();
    expect(names()).toEqual(['Blue']);
    expect(apps.failure()).not.toBeNull();

    account.refusal = null;
    await apps.recent();
    expect(asked()).toBe(3);
    expect(apps.failure()).toBeNull();
  });

  it('tells nobody of another person’s apps', async () => {
    const { account, apps, names, signedIn } = await start();
    await apps.read();
    account.demoUserId = '2';
    await signedIn.signInToDemo();
    expect(names()).toBeNull();

    await apps.recent();
    expect(names()).toEqual(['Blue']);
  });

  it('gives names without asking where it has them', async () => {
    const { account, apps, asked } = await start();
    await apps.read();
    const [app] = account.installed;
    const appNames = TestBed.inject(AppNames);

    await appNames.learn([app!.client_id]);
    expect(appNames.nameOf(app!.client_id)).toBe('Blue');
    expect(asked()).toBe(1);
    account.installed = [...account.installed, buildInstallation({ id: 'app-9', name: 'New' })];
    await appNames.learn([account.installed[1]!.client_id]);
    expect(appNames.nameOf(account.installed[1]!.client_id)).toBe('New');
  });
});
