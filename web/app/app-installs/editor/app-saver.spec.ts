import { TestBed } from '@angular/core/testing';

import { asAppKey } from '#protocol/identifiers';

import { buildFailure } from '../../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../../testing/build-installation';
import { FakeAccount } from '../../testing/fake-account';
import { provideAccount } from '../../testing/provide-account';
import { AppEditorStore } from './app-editor-store';
import { AppSaver } from './app-saver';
import { SaveProblems } from './save-problems';

describe('AppSaver', () => {
  const ID = asAppKey('a');

  async function open(key: typeof ID | null = ID) {
    const account = new FakeAccount();
    account.installed = [
      {
        ...buildInstallation({ id: 'a', name: 'Alpha', webhooks: endpointsAt(HERE) }),
        custom: { kept: true },
      },
      buildInstallation({ id: 'b', name: 'Beta' }),
    ];
    TestBed.configureTestingModule({
      providers: [provideAccount(account), AppEditorStore, AppSaver, SaveProblems],
    });
    const store = TestBed.inject(AppEditorStore);
    await store.open(key);
    const edit = (details: { readonly name?: string; readonly description?: string }) =>
      store.edit((form) => ({ ...form, details: { ...form.details, ...details } }));
    return { account, store, edit, saver: TestBed.inject(AppSaver) };
  }

  it('saves what was edited and keeps all else, unknown members too', async () => {
    const { account, store, edit, saver } = await open();
    const before = account.find('a');
    edit({ name: 'Alpha 2' });
    expect(store.isChanged()).toBeTrue();

    expect(await saver.save()).toBe('saved');

    expect(account.find('a')).toEqual({ ...before, client_name: 'Alpha 2' });
    expect(store.isChanged()).toBeFalse();
  });

  it('says where to look when nobody knows whether the app was installed', async () => {
    const { account, store, edit, saver } = await open(null);
    edit({ name: 'New', description: 'One' });
    account.refusal = buildFailure('answer-lost');

    expect(await saver.save()).toBe('refused');

    expect(store.refusal()?.next).toBe('Look at the list of apps before you try again: it may be done.');
  });

  it('saves over a newer revision when only other apps changed', async () => {
    const { account, edit, saver } = await open();
    account.replace({ ...account.find('b'), description: 'new' });
    edit({ description: 'mine' });

    expect(await saver.save()).toBe('saved');
    expect(account.find('a').description).toBe('mine');
  });

  it('saves when somebody else made the very same change', async () => {
    const { account, edit, saver } = await open();
    account.replace({ ...account.find('a'), description: 'same' });
    edit({ description: 'same' });

    expect(await saver.save()).toBe('saved');
  });

  it('never overwrites a change that nobody looked at: it shows the differences and saves what was chosen', async () => {
    const { account, store, edit, saver } = await open();
    account.replace({
      ...account.find('a'),
      description: 'theirs',
      scope: 'msg.consumer x',
      custom: { kept: 2 },
    });
    edit({ name: 'Mine', description: 'mine' });

    expect(await saver.save()).toBe('conflict');
    expect(account.find('a').description).toBe('theirs');
    const found = saver.conflict()?.differences ?? [];
    expect(found.map(({ path, isContested }) => [path.join('.'), isContested])).toEqual([
      ['scope', false],
      ['custom.kept', false],
      ['description', true],
    ]);

    saver.resolve(
      Object.fromEntries(found.map(({ id, isContested }) => [id, isContested ? 'mine' : 'theirs'])),
    );
    expect(saver.conflict()).toBeNull();
    expect(store.isChanged()).toBeTrue();
    expect(await saver.save()).toBe('saved');

    expect(account.find('a')).toEqual(
      jasmine.objectContaining({
        client_name: 'Mine',
        description: 'mine',
        scope: 'msg.consumer x',
        custom: { kept: 2 },
      }),
    );
  });

  it('shows a newer conflict after the first was settled', async () => {
    const { account, edit, saver } = await open();
    account.replace({ ...account.find('a'), description: 'theirs' });
    edit({ description: 'mine' });
    await saver.save();
    const [first] = saver.conflict()?.differences ?? [];
    saver.resolve({ [first?.id ?? '']: 'mine' });
    account.replace({ ...account.find('a'), description: 'theirs again' });

    expect(await saver.save()).toBe('conflict');
    expect(saver.conflict()?.differences[0]?.theirs).toBe('theirs again');
  });

  it('keeps everything typed when a save is refused, and names the member', async () => {
    const { store, edit, saver } = await open();
    edit({ name: 'Beta', description: 'typed' });

    expect(await saver.save()).toBe('refused');

    expect(store.form.details.name().value()).toBe('Beta');
    expect(store.form.details.description().value()).toBe('typed');
    expect(store.refusal()?.title).toBe('Another app has this name');
    expect(store.form.details.name().errors()[0]?.message).toContain('has this name');

    edit({ name: 'Gamma' });
    expect(store.form.details.name().errors()).toEqual([]);
    expect(store.refusal()).withContext('of a name that is no longer there').toBeNull();
    edit({ name: 'Beta' });
    expect(store.refusal()?.title).toBe('Another app has this name');
    edit({ name: 'Gamma' });
    expect(await saver.save()).toBe('saved');
  });

  it('tries the same again when it is asked to: the name may be free by now', async () => {
    const { account, edit, saver } = await open();
    edit({ name: 'Beta' });
    await saver.save();
    account.remove('b');

    expect(await saver.save()).toBe('saved');
  });

  it('puts a refused member of an endpoint at its field', async () => {
    const { account, store, edit, saver } = await open();
    const path = 'installation.capabilities.webhooks.cqm.ExConversationChangeNotification.endpoint';
    account.refusal = buildFailure('invalid-request', { fields: [{ path, message: 'Not that one.' }] });
    edit({ description: 'x' });

    await saver.save();

    expect(store.form.webhooks.endpoints[0]?.url().errors()[0]?.message).toBe('Not that one.');
  });

  it('takes a refused item of a list for corrected once it is gone', async () => {
    const { account, store, saver } = await open();
    const engagement = {
      isOn: true,
      goal: ['lead', 'nonsense'],
      entryPoint: ['url'],
      consumerIdentity: ['auth'],
    };
    store.edit((form) => ({ ...form, engagement: { ...form.engagement, ...engagement } }));
    const message = 'capabilities.engagement.goal.1: no such word';
    const upstream = { service: 'accountConfigReadWrite', status: 400, code: null, message };
    account.refusal = buildFailure('upstream-rejected', { upstream });
    await saver.save();
    expect(store.form.engagement.goal().errors()[0]?.message).toBe('The cloud says: no such word');

    store.edit((form) => ({ ...form, engagement: { ...form.engagement, goal: ['lead'] } }));

    expect(store.form.engagement.goal().errors()).toEqual([]);
  });

  it('keeps what was typed while a save was on its way', async () => {
    const { account, store, edit, saver } = await open();
    edit({ description: 'first' });
    let letThrough = (): void => undefined;
    account.gate = new Promise((resolve) => (letThrough = resolve));
    const save = saver.save();
    edit({ description: 'second' });
    letThrough();

    expect(await save).toBe('saved');
    expect(account.find('a').description).toBe('first');
    expect(store.form.details.description().value()).toBe('second');
    expect(store.isChanged()).toBeTrue();
  });

  it('leaves the app alone to which one has gone on while a save was on its way', async () => {
    for (const end of ['answer', 'conflict', 'refusal'] as const) {
      TestBed.resetTestingModule();
      const { account, store, edit, saver } = await open();
      edit({ name: 'Alpha 2' });
      const answer = Promise.withResolvers<undefined>();
      account.gate = answer.promise;
      const save = saver.save();
      if (end === 'conflict') account.replace({ ...account.find('a'), client_name: 'Theirs' });
      if (end === 'refusal') spyOn(account, 'find').and.throwError(buildFailure('upstream-timeout'));
      account.gate = Promise.resolve();
      spyOn(account, 'installation').and.resolveTo({ installation: account.installed[1]!, revision: '9' });
      await store.open(asAppKey('b'));

      answer.resolve(undefined);
      await save;

      expect(store.form.details.name().value()).withContext(end).toBe('Beta');
      expect(store.isChanged()).withContext(end).toBeFalse();
      expect(saver.conflict()).withContext(end).toBeNull();
      expect(store.refusal()).withContext(end).toBeNull();
    }
  });

  it('keeps what is typed when the answer to an earlier question for another app comes late', async () => {
    const { account, store, edit } = await open(null);
    const late = Promise.withResolvers<undefined>();
    account.gate = late.promise;
    const opened = store.open(ID);
    account.gate = Promise.resolve();
    await store.open(asAppKey('b'));
    edit({ description: 'typed' });

    late.resolve(undefined);
    await opened;

    expect(store.form.details.name().value()).toBe('Beta');
    expect(store.form.details.description().value()).toBe('typed');
  });

  it('installs a new app and tells its key', async () => {
    const { account, store, edit, saver } = await open(null);
    edit({ name: 'New one', description: 'Made here' });

    const outcome = await saver.save();

    const [, , created] = account.installed;
    expect(outcome).toEqual({ created: asAppKey(String(created?.id)) });
    expect(created).toEqual(
      jasmine.objectContaining({
        client_name: 'New one',
        enabled: true,
        scope: 'msg.consumer',
        grant_types: ['client_credentials'],
        logo_uri: '',
      }),
    );
    expect(created?.capabilities).toEqual(jasmine.objectContaining({ webhooks: {} }));
    expect(store.isChanged()).toBeFalse();
  });
});
