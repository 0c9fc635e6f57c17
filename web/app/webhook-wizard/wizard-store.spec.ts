import { TestBed } from '@angular/core/testing';

import { asAppKey } from '#protocol/identifiers';

import { buildFailure } from '../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { WizardStore } from './wizard-store';

describe('WizardStore', () => {
  async function start({ apps = [buildInstallation()], appKey = null as string | null } = {}) {
    const account = new FakeAccount();
    account.installed = apps;
    TestBed.configureTestingModule({ providers: [provideAccount(account), WizardStore] });
    const store = TestBed.inject(WizardStore);
    await store.start(appKey === null ? null : asAppKey(appKey));
    return { account, store };
  }

  const urls = (store: WizardStore) => store.draft().map(({ url }) => url);

  it('chooses the only app by itself, but none of several', async () => {
    const one = await start();
    expect(one.store.app()?.client_name).toBe('Demo connector');
    TestBed.resetTestingModule();

    const two = await start({ apps: [buildInstallation({ id: 'a' }), buildInstallation({ id: 'b' })] });
    expect(two.store.app()).toBeNull();
  });

  it('does not choose an app that is disabled, though the URL names it', async () => {
    const { store } = await start({
      apps: [buildInstallation({ id: 'off', enabled: false })],
      appKey: 'off',
    });

    expect(store.app()).toBeNull();
    expect(store.appKey()).toBe(asAppKey('off'));
    expect(store.facts().hasApp).toBeFalse();
  });

  it('uses this server for all five and saves that with the revision', async () => {
    const { account, store } = await start();
    store.useForAll(HERE);
    expect(store.isEdited()).toBeTrue();
    expect(store.facts().areEndpointsSettled).toBeFalse();

    expect(await store.save()).toBeTrue();

    expect(account.find('app-1').capabilities?.webhooks).toEqual(endpointsAt(HERE));
    expect(store.facts().areEndpointsSettled).toBeTrue();
  });

  it('reverts each endpoint to its own saved URL', async () => {
    const webhooks = {
      'cqm.ExConversationChangeNotification': { endpoint: 'https://a.example' },
      'ms.MessagingEventNotification.ContentEvent': { endpoint: 'https://b.example' },
    };
    const { store } = await start({ apps: [buildInstallation({ webhooks })] });
    store.useForAll(HERE);

    store.revert();

    expect(urls(store)).toEqual(['https://a.example', 'https://b.example', '', '', '']);
    expect(store.isEdited()).toBeFalse();
  });

  it('has back what was kept, once, and says so until it is reverted', async () => {
    const apps = [buildInstallation({ id: 'a' }), buildInstallation({ id: 'b' })];
    const { store } = await start({ apps, appKey: 'a' });
    store.useForAll('https://mine.example');
    store.keepForLater();
    await store.choose(asAppKey('b'));
    await store.choose(asAppKey('a'));
    expect(urls(store)[0]).toBe('https://mine.example');
    expect(store.isRestored()).toBeTrue();

    store.revert();

    expect(store.isRestored()).toBeFalse();
    await store.choose(asAppKey('b'));
    await store.choose(asAppKey('a'));
    expect(store.isEdited()).toBeFalse();
  });

  it('keeps what was typed when saving fails', async () => {
    const { account, store } = await start();
    store.useForAll(HERE);
    account.refusal = buildFailure('upstream-timeout');

    expect(await store.save()).toBeFalse();

    expect(store.saveFailure()?.title).toBe('The cloud did not answer in time');
    expect(store.isConflict()).toBeFalse();
    expect(urls(store)).toEqual(Array(5).fill(HERE));
  });

  it('keeps what is typed while it saves, and calls it edited', async () => {
    const { account, store } = await start();
    store.useForAll(HERE);
    const answer = Promise.withResolvers<undefined>();
    account.gate = answer.promise;
    const saved = store.save();
    store.draft.update(([first, ...others]) => [{ ...first!, url: 'https://later.example' }, ...others]);

    answer.resolve(undefined);
    expect(await saved).toBeTrue();

    expect(account.find('app-1').capabilities?.webhooks).toEqual(endpointsAt(HERE));
    expect(urls(store)).toEqual(['https://later.example', ...Array<string>(4).fill(HERE)]);
    expect(store.editedCount()).toBe(1);
  });

  it('keeps what is typed while the app is read once more after a check', async () => {
    const { account, store } = await start();
    const answer = Promise.withResolvers<undefined>();
    account.gate = answer.promise;
    const checked = store.runCheck();
    store.useForAll('https://mine.example');

    account.replace(buildInstallation({ webhooks: endpointsAt('https://theirs.example') }));
    answer.resolve(undefined);
    await checked;

    expect(urls(store)).toEqual(Array(5).fill('https://mine.example'));
    expect(await store.save()).toBeFalse();
    expect(store.isConflict()).toBeTrue();
  });

  it('reads the chosen app as soon as the list can be read', async () => {
    const account = new FakeAccount();
    account.installed = [buildInstallation({ webhooks: endpointsAt(HERE) })];
    account.refusal = buildFailure('upstream-timeout');
    TestBed.configureTestingModule({ providers: [provideAccount(account), WizardStore] });
    const store = TestBed.inject(WizardStore);
    await store.start(asAppKey('app-1'));
    account.refusal = null;

    await store.readApps();

    expect(urls(store)).toEqual(Array(5).fill(HERE));
  });

  it('reads the app that was asked for last, also when that was before the list was read', async () => {
    const account = new FakeAccount();
    account.installed = [buildInstallation({ id: 'a' }), buildInstallation({ id: 'b' })];
    const answer = Promise.withResolvers<undefined>();
    account.gate = answer.promise;
    TestBed.configureTestingModule({ providers: [provideAccount(account), WizardStore] });
    const store = TestBed.inject(WizardStore);
    const started = store.start(asAppKey('a'));
    const chosen = store.choose(asAppKey('b'));

    answer.resolve(undefined);
    await Promise.all([started, chosen]);

    expect(store.chosen.value()?.installation.id).toBe(asAppKey('b'));
  });

  describe('when somebody else changed the app meanwhile', () => {
    async function startConflict() {
      const { account, store } = await start();
      store.useForAll(HERE);
      account.replace(buildInstallation({ webhooks: endpointsAt('https://theirs.example') }));
      expect(await store.save()).toBeFalse();
      expect(store.isConflict()).toBeTrue();
      return { account, store };
    }

    it('overwrites nothing', async () => {
      const { account } = await startConflict();

      expect(account.find('app-1').capabilities?.webhooks).toEqual(endpointsAt('https://theirs.example'));
    });

    it('can load the newer version', async () => {
      const { store } = await startConflict();

      await store.takeNewer('theirs');

      expect(urls(store)).toEqual(Array(5).fill('https://theirs.example'));
      expect([store.isConflict(), store.isEdited()]).toEqual([false, false]);
    });

    it('can lay what was typed over the newer version and save that', async () => {
      const { account, store } = await startConflict();

      await store.takeNewer('mine');
      expect(store.isEdited()).toBeTrue();
      expect(await store.save()).toBeTrue();

      expect(account.find('app-1').capabilities?.webhooks).toEqual(endpointsAt(HERE));
    });
  });

  it('does not know whether messaging is on when the account does not tell, or cannot be asked', async () => {
    const { account, store } = await start();
    account.isMessagingEnabled = null;
    await store.readMessaging();
    expect(store.verdict()).toBe('unknown');

    account.isMessagingEnabled = false;
    await store.readMessaging();
    expect(store.verdict()).toBe('disabled');
  });
});
