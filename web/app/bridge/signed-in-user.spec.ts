import { TestBed } from '@angular/core/testing';

import { buildFailure } from '../testing/build-failure';
import { buildUser } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { FakeEventSources } from '../testing/fake-event-source';
import { FakeStorage, provideAccount } from '../testing/provide-account';
import { TAB_STORAGE } from './browser-storage';
import { LastApp } from './last-app';
import { SignedInUser } from './signed-in-user';
import { asAppKey, asConversationId } from '#protocol/identifiers';

describe('SignedInUser', () => {
  function setUp() {
    const account = new FakeAccount();
    const sources = new FakeEventSources();
    TestBed.configureTestingModule({ providers: provideAccount(account, { sources }) });
    return { account, sources, signedIn: TestBed.inject(SignedInUser) };
  }

  it('holds the event stream open exactly while somebody is signed in', async () => {
    const { sources, signedIn } = setUp();
    await signedIn.signInToDemo();
    expect(sources.opened.length).toBe(1);

    await signedIn.signOut();

    expect(signedIn.isSignedIn()).toBeFalse();
    expect(sources.last.isClosed).toBeTrue();
  });

  it('forgets what the tab kept for the person when they sign out', async () => {
    const { signedIn } = setUp();
    const tab = TestBed.inject(TAB_STORAGE);
    await signedIn.signInToDemo();
    tab.set('until-sign-out', '{"filter":"mine"}');
    await signedIn.lookAgain();
    expect(tab.get('until-sign-out')).not.toBeNull();

    await signedIn.signOut();

    expect(tab.get('until-sign-out')).toBeNull();
  });

  it('keeps it when the session ends, for the same person and for nobody else', async () => {
    const { account, signedIn } = setUp();
    const tab = TestBed.inject(TAB_STORAGE);
    await signedIn.signInToDemo();
    tab.set('until-sign-out', '{"filter":"mine"}');

    signedIn.forget();
    await signedIn.signInToDemo();
    expect(tab.get('until-sign-out')).toBe('{"filter":"mine"}');

    signedIn.forget();
    account.demoUserId = '2';
    await signedIn.signInToDemo();
    expect(tab.get('until-sign-out')).toBeNull();
  });

  it('stays signed in, with its stream, when signing out did not work', async () => {
    const { account, sources, signedIn } = setUp();
    await signedIn.signInToDemo();
    account.refusal = buildFailure('internal');

    await expectAsync(signedIn.signOut()).toBeRejected();

    expect(signedIn.isSignedIn()).toBeTrue();
    expect(sources.last.isClosed).toBeFalse();
  });

  it('asks for the session once, and again when there was no answer', async () => {
    const { account, signedIn } = setUp();
    account.refusal = buildFailure('internal');
    await expectAsync(signedIn.restore()).toBeRejected();
    account.refusal = null;
    account.user = buildUser();

    await signedIn.restore();

    expect(signedIn.user()?.account).toBe(buildUser().account);
  });

  it('remembers the last app of each account apart', async () => {
    const { signedIn } = setUp();
    const lastApp = TestBed.inject(LastApp);
    await signedIn.signInToDemo();
    expect([lastApp.meetAccount(), lastApp.meetAccount()]).toEqual([true, false]);
    lastApp.remember(asAppKey('app-1'));

    await signedIn.signIn({ account: '64467156', loginName: 'a', password: 'b' });

    expect(lastApp.appKey()).toBeNull();
    expect(lastApp.meetAccount()).toBeTrue();
    await signedIn.signInToDemo();
    expect(lastApp.appKey()).toBe(asAppKey('app-1'));
  });

  it('leads back to where one was, but nobody to where another user of the account was', async () => {
    const { account, signedIn } = setUp();
    const lastApp = TestBed.inject(LastApp);
    await signedIn.signInToDemo();
    lastApp.remember(asAppKey('app-1'), '/apps/app-1/chat/c1');
    await signedIn.signOut();
    account.demoUserId = '2';

    await signedIn.signInToDemo();

    expect(lastApp.workbenchUrl()).toBe('/apps/app-1/chat');
    account.demoUserId = '1';
    await signedIn.signInToDemo();
    expect(lastApp.workbenchUrl()).toBe('/apps/app-1/chat/c1');
  });

  it('leads a later page to the conversation one was in, until one leaves it', async () => {
    const storage = new FakeStorage();
    const openPage = async (userId: string) => {
      TestBed.resetTestingModule();
      const account = new FakeAccount();
      account.demoUserId = userId;
      TestBed.configureTestingModule({ providers: provideAccount(account, { storage }) });
      await TestBed.inject(SignedInUser).signInToDemo();
      return TestBed.inject(LastApp);
    };
    const conversation = asConversationId('c1');
    (await openPage('1')).remember(asAppKey('app-1'), '/apps/app-1/chat/c1?tab=requests', conversation);

    const later = await openPage('1');
    expect(later.workbenchUrl()).toBe('/apps/app-1/chat/c1');
    later.comeBack();
    expect(later.inDoubt()).toBe(conversation);
    expect((await openPage('2')).workbenchUrl()).toBe('/apps/app-1/chat');

    (await openPage('1')).remember(asAppKey('app-1'), '/apps/app-1/chat');
    expect((await openPage('1')).workbenchUrl()).toBe('/apps/app-1/chat');
  });
});
