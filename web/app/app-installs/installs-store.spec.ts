import { TestBed } from '@angular/core/testing';

import { asAppKey } from '#protocol/identifiers';

import { BridgeFailure } from '../bridge/bridge-failure';
import { LastApp } from '../bridge/last-app';
import { buildFailure } from '../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { InstallsStore } from './installs-store';

describe('InstallsStore', () => {
  const ID = asAppKey('a');

  async function open() {
    const account = new FakeAccount();
    account.installed = [
      buildInstallation({ id: 'a', name: 'Alpha', webhooks: endpointsAt(HERE) }),
      buildInstallation({ id: 'b', name: 'Beta' }),
    ];
    TestBed.configureTestingModule({ providers: [provideAccount(account), InstallsStore] });
    const store = TestBed.inject(InstallsStore);
    await store.load();
    return { account, store, rowOf: (id: string) => store.rows().find((row) => row.id === id) };
  }

  it('switches an app off and on, and nothing else of it, without reading the list again', async () => {
    const { account, store, rowOf } = await open();
    const before = account.find('a');
    const reads = spyOn(account, 'installations').and.callThrough();

    await store.setEnabled(ID, false);
    expect(rowOf('a')?.isEnabled).toBeFalse();
    expect(account.find('a')).toEqual({ ...before, enabled: false });

    await store.setEnabled(ID, true);
    expect(account.find('a')).toEqual(before);
    expect(reads).not.toHaveBeenCalled();
  });

  it('switches the newest version, so that nobody’s change is lost', async () => {
    const { account, store, rowOf } = await open();
    account.replace({ ...account.find('a'), description: 'changed elsewhere' });

    await store.setEnabled(ID, false);

    expect(account.find('a')).toEqual(
      jasmine.objectContaining({ enabled: false, description: 'changed elsewhere' }),
    );
    expect(rowOf('a')?.description).toBe('changed elsewhere');
  });

  it('tries again when the account changed in between', async () => {
    const { account, store } = await open();
    const read = account.installation.bind(account);
    spyOn(account, 'installation').and.callFake(async (id) => {
      const answer = await read(id);
      if (account.revision < 3) account.replace(account.find('b'));
      return answer;
    });

    await store.setEnabled(ID, false);

    expect(account.find('a').enabled).toBeFalse();
  });

  it('uninstalls, also after a change to another app', async () => {
    const { account, store, rowOf } = await open();
    account.replace({ ...account.find('b'), description: 'new' });

    await store.uninstall(ID);

    expect(rowOf('a')).toBeUndefined();
    expect(account.installed.map(({ id }) => String(id))).toEqual(['b']);
  });

  it('forgets an app that it uninstalled as the last one that was chatted with', async () => {
    const { store } = await open();
    const lastApp = TestBed.inject(LastApp);
    lastApp.remember(asAppKey('b'));
    await store.uninstall(ID);
    expect(lastApp.appKey()).toBe(asAppKey('b'));

    await store.uninstall(asAppKey('b'));

    expect(lastApp.appKey()).toBeNull();
  });

  it('does not uninstall an app that is no longer the one that was looked at', async () => {
    const { account, store } = await open();
    account.replace({ ...account.find('a'), description: 'now important' });

    await expectAsync(store.uninstall(ID)).toBeRejectedWith(jasmine.any(BridgeFailure));

    expect(account.installed.length).toBe(2);
  });

  it('reads the list anew after a change that may have come between, also while it is being read', async () => {
    const { account, store, rowOf } = await open();
    const late = Promise.withResolvers<undefined>();
    account.gate = late.promise;
    const stale = account.installed;
    spyOn(account, 'installations').and.returnValues(
      late.promise.then(() => ({ installations: stale, revision: '1' })),
      Promise.resolve({ installations: [], revision: '2' }),
    );
    const first = store.load();
    await store.readAnew();

    late.resolve(undefined);
    await first;

    expect(rowOf('a')).toBeUndefined();
  });

  it('says what it is doing with which app, and stops saying so when it failed', async () => {
    const { account, store } = await open();
    let open_ = (): void => undefined;
    account.gate = new Promise((resolve) => (open_ = resolve));
    account.refusal = buildFailure('upstream-timeout');

    const work = store.setEnabled(ID, false);
    expect(store.busy()).toEqual({ [ID]: 'Disabling…' });
    open_();
    await expectAsync(work).toBeRejected();

    expect(store.busy()).toEqual({});
  });
});
