import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { BlankPage } from '../testing/blank-page';
import { buildFailure } from '../testing/build-failure';
import { buildUser } from '../testing/build-installation';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { anyoneGuard, signedInGuard, signedOutGuard, wantedUrl } from './signed-in-guard';
import { SignedInUser } from './signed-in-user';

describe('the guards', () => {
  async function visit(url: string, account: FakeAccount): Promise<string> {
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account),
        provideRouter([
          { path: 'sign-in', canActivate: [signedOutGuard], component: BlankPage },
          { path: 'open', canActivate: [anyoneGuard], component: BlankPage },
          { path: '**', canActivate: [signedInGuard], component: BlankPage },
        ]),
      ],
    });
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    return TestBed.inject(Router).url;
  }

  it('let a user pass whose session still holds', async () => {
    const account = new FakeAccount();
    account.user = buildUser();

    expect(await visit('/apps/a/chat', account)).toBe('/apps/a/chat');
  });

  it('send everybody else to sign-in, which remembers the wanted URL', async () => {
    expect(await visit('/apps/a/chat?tab=requests', new FakeAccount())).toBe(
      `/sign-in?wanted=${encodeURIComponent('/apps/a/chat?tab=requests')}`,
    );
  });

  it('send to sign-in also when the bridge does not answer', async () => {
    const account = new FakeAccount();
    account.refusal = buildFailure('internal');

    expect(await visit('/setup', account)).toBe('/sign-in?wanted=%2Fsetup');
  });

  it('let everybody see an open page, and ask before who is signed in', async () => {
    const account = new FakeAccount();
    account.user = buildUser();

    expect(await visit('/open', account)).toBe('/open');
    expect(TestBed.inject(SignedInUser).isSignedIn()).toBeTrue();
  });

  it('show an open page also when the bridge does not answer', async () => {
    const account = new FakeAccount();
    account.refusal = buildFailure('internal');

    expect(await visit('/open', account)).toBe('/open');
  });

  it('keep a signed-in user from the sign-in page', async () => {
    const account = new FakeAccount();
    account.user = buildUser();

    expect(await visit('/sign-in?wanted=%2Fsetup', account)).toBe('/setup');
  });
});

describe('wantedUrl', () => {
  it('takes a path of this app', () => {
    expect(wantedUrl('/apps/a/chat?x=1')).toBe('/apps/a/chat?x=1');
  });

  it('never leads to another site, nor back to sign-in', () => {
    for (const wanted of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/sign-in',
      '',
      null,
    ]) {
      expect(wantedUrl(wanted, '/setup')).withContext(String(wanted)).toBe('/setup');
    }
  });
});
