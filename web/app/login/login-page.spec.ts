import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { BridgeFailure } from '../bridge/bridge-failure';
import { SIGN_IN_CHANNEL, SignInNews } from '../bridge/sign-in-news';
import { signedOutGuard } from '../bridge/signed-in-guard';
import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from '../testing/blank-page';
import { buildFailure } from '../testing/build-failure';
import { buildInstallation, buildUser } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { LoginPage } from './login-page';

describe('LoginPage', () => {
  async function open({ url = '/sign-in', account = new FakeAccount() } = {}) {
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account),
        provideRouter(
          [
            { path: 'sign-in', component: LoginPage },
            { path: 'guarded', component: LoginPage, canActivate: [signedOutGuard] },
            { path: '**', component: BlankPage },
          ],
          withComponentInputBinding(),
        ),
      ],
    });
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    await harness.fixture.whenStable();
    const element = harness.fixture.nativeElement as HTMLElement;
    document.body.append(element);
    const stable = () => harness.fixture.whenStable();
    return { account, element, stable, router: TestBed.inject(Router) };
  }

  const button = (element: HTMLElement, name: string) => {
    const found = [...element.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
    if (found === undefined) throw new Error(`No button ${name}`);
    return found;
  };

  const field = (element: HTMLElement, name: string) => {
    const label = [...element.querySelectorAll('label')].find((each) => each.textContent === name);
    if (!(label?.control instanceof HTMLInputElement)) throw new Error(`No field ${name}`);
    return label.control;
  };

  function fill(element: HTMLElement, values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) {
      field(element, name).value = value;
      field(element, name).dispatchEvent(new Event('input'));
    }
  }

  const FILLED = { 'Account number': ' 64467156 ', 'Login name': ' kim:lee ', Password: ' secret ' };

  it('says that the server cannot read who is signed in, and goes on when it can', async () => {
    const account = new FakeAccount();
    account.user = buildUser();
    const detail = 'The bridge cannot read who is signed in: its file bridge.sqlite cannot be used now.';
    const session = account.session.bind(account);
    account.session = () => Promise.reject(buildFailure('store-unavailable', { detail }));
    const { element, router, stable } = await open({ account, url: '/guarded?wanted=%2Fapps%2Fa%2Fchat' });

    expect(element.querySelector('app-failure-note')?.textContent).toContain(detail);
    account.session = session;
    button(element, 'Retry').click();
    await stable();

    expect(router.url).toBe('/apps/a/chat');
  });

  it('goes on where it was when somebody signs in in another tab of the browser', async () => {
    const account = new FakeAccount();
    const { element, router } = await open({
      account,
      url: '/sign-in?wanted=%2Fapps%2Fa%2Fchat&because=signed-out',
    });
    expect(element.textContent).toContain('You signed out in another window');
    const otherTab = new BroadcastChannel(SIGN_IN_CHANNEL);
    otherTab.postMessage('signed-in');
    await eventually(() => TestBed.inject(SignInNews).count() === 1);
    expect(router.url).toContain('/sign-in');

    account.user = buildUser();
    otherTab.postMessage('signed-in');
    await eventually(() => router.url === '/apps/a/chat');
    otherTab.close();

    expect(TestBed.inject(SignedInUser).isSignedIn()).toBeTrue();
  });

  it('tells the other tabs of the browser that somebody signed in', async () => {
    const otherTab = new BroadcastChannel(SIGN_IN_CHANNEL);
    const told: unknown[] = [];
    otherTab.onmessage = ({ data }) => told.push(data);
    const { element } = await open();

    button(element, 'Try it now').click();
    await eventually(() => told.length === 1);
    otherTab.close();

    expect(told).toEqual(['signed-in']);
  });

  it('enters the emulator with one click and begins with the chat of its enabled connector app', async () => {
    const account = new FakeAccount();
    account.installed = [
      buildInstallation({ id: 'no-connector', scope: 'openid' }),
      buildInstallation({ id: 'switched-off', enabled: false }),
      buildInstallation({ id: 'ready' }),
    ];
    const { element, router, stable } = await open({ account });

    button(element, 'Try it now').click();
    await stable();

    expect(router.url).toBe('/apps/ready/chat');
  });

  it('begins the emulator with the set-up when no app could chat', async () => {
    const { element, router, stable } = await open();

    button(element, 'Try it now').click();
    await stable();

    expect(router.url).toBe('/setup');
  });

  it('begins an account with the set-up, and with the apps when this browser knows it', async () => {
    const { element, router, stable } = await open();
    fill(element, FILLED);
    button(element, 'Sign in').click();
    await stable();
    expect(router.url).toBe('/setup');
    await router.navigateByUrl('/sign-in');
    await stable();
    fill(element, FILLED);

    button(element, 'Sign in').click();
    await stable();

    expect(router.url).toBe('/apps');
  });

  it('signs in with what was typed and goes where the person wanted to go', async () => {
    const { account, element, router, stable } = await open({ url: '/sign-in?wanted=%2Fapps%2Fa%2Fchat' });
    fill(element, FILLED);

    button(element, 'Sign in').click();
    await stable();

    expect(account.signIns).toEqual([{ account: '64467156', loginName: 'kim:lee', password: ' secret ' }]);
    expect(router.url).toBe('/apps/a/chat');
  });

  for (const [code, words] of [
    ['wrong-credentials', 'Login name or password is wrong'],
    ['not-administrator', 'This user is not an administrator'],
    ['account-locked', 'The account has blocked this user'],
    ['unknown-account', 'No account has this number'],
    ['directory-unreachable', 'The directory of services cannot be reached'],
  ] as const) {
    it(`says “${words}”, takes the focus there and keeps what was typed`, async () => {
      const account = new FakeAccount();
      const { element, stable } = await open({ account });
      fill(element, FILLED);
      account.refusal = buildFailure(code);

      button(element, 'Sign in').click();
      await stable();

      const note = element.querySelector('app-login-form [role="alert"]');
      expect(note?.textContent).toContain(words);
      expect(document.activeElement).toBe(note);
      expect(field(element, 'Password').value).toBe(' secret ');
      await expectAccessible(element);
    });
  }

  it('takes no further try until the time that the server asked for is over, and says for how long', async () => {
    const account = new FakeAccount();
    const { element, stable } = await open({ account });
    fill(element, FILLED);
    account.refusal = new BridgeFailure(buildFailure('too-many-requests').problem, { retryAfterSeconds: 6 });
    button(element, 'Sign in').click();
    await stable();
    account.refusal = null;

    const submit = button(element, 'Sign in: possible in 6\u00a0s');
    submit.click();
    await stable();

    expect(submit.getAttribute('aria-disabled')).toBe('true');
    expect(account.signIns.length).toBe(1);
  });

  it('opens the section that names the emulator’s users where the emulator has refused one', async () => {
    const account = new FakeAccount();
    const { element, stable } = await open({ account });
    fill(element, { ...FILLED, 'Account number': 'demo' });
    account.refusal = buildFailure('wrong-credentials');
    button(element, 'Sign in').click();
    await stable();

    button(element, 'Sign in to the emulator by hand').click();
    await stable();

    const section = [...element.querySelectorAll('details')].find(({ open }) => open);
    expect(section?.textContent).toContain('demo-admin');
    expect(document.activeElement).toBe(section?.querySelector('summary') ?? null);
    fill(element, { 'Account number': '64467156' });
    await stable();
    expect(() => button(element, 'Sign in to the emulator by hand')).toThrowError();
  });

  it('names the directories that account numbers are sent to, as the server’s settings say', async () => {
    const { element } = await open();

    expect(element.textContent).toContain(
      'directory at api.liveperson.net, those that begin with le or qa at qa.',
    );
  });

  it('says at the field that what was typed is no account number, and asks nobody', async () => {
    const account = new FakeAccount();
    const { element, stable } = await open({ account });
    fill(element, { ...FILLED, 'Account number': '123 45' });

    button(element, 'Sign in').click();
    await stable();

    expect(element.textContent).toContain('An account number has only digits');
    expect(document.activeElement).toBe(field(element, 'Account number'));
    expect(account.signIns).toEqual([]);
  });

  it('says no longer why the last try was refused once the next one is not made', async () => {
    const account = new FakeAccount();
    const { element, stable } = await open({ account });
    account.refusal = buildFailure('wrong-credentials');
    fill(element, FILLED);
    button(element, 'Sign in').click();
    await stable();
    expect(element.querySelector('app-failure-note')).not.toBeNull();

    fill(element, { ...FILLED, 'Account number': '123 45' });
    button(element, 'Sign in').click();
    await stable();

    expect(element.textContent).toContain('An account number has only digits');
    expect(element.querySelector('app-failure-note')).toBeNull();
  });

  it('cannot be submitted twice', async () => {
    const account = new FakeAccount();
    let letThrough = (): void => undefined;
    const { element, stable } = await open({ account });
    account.gate = new Promise((resolve) => (letThrough = resolve));
    fill(element, FILLED);

    const submit = button(element, 'Sign in');
    submit.click();
    await stable();
    submit.click();
    button(element, 'Try it now').click();
    letThrough();
    await stable();

    expect(account.signIns.length).toBe(1);
    expect(account.user?.account.valueOf()).toBe('64467156');
  });

  it('names empty fields instead of asking the bridge, and takes the focus to the first', async () => {
    const { account, element, stable } = await open();
    fill(element, { 'Login name': 'kim' });

    button(element, 'Sign in').click();
    await stable();

    expect(account.signIns).toEqual([]);
    expect(element.textContent).toContain('Enter the account number.');
    expect(element.textContent).toContain('Enter your password.');
    expect(element.textContent).not.toContain('Enter your login name.');
    expect(document.activeElement).toBe(field(element, 'Account number'));
    expect(field(element, 'Password').getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(element);
  });

  it('shows and hides the password on demand', async () => {
    const { element, stable } = await open();

    button(element, 'Show').click();
    await stable();
    expect(field(element, 'Password').type).toBe('text');

    button(element, 'Hide').click();
    await stable();
    expect(field(element, 'Password').type).toBe('password');
    expect(button(element, 'Show')).toBeDefined();
  });

  it('offers no emulator that is off, and says how to start it', async () => {
    const account = new FakeAccount();
    account.hasEmulator = false;
    const { element } = await open({ account });

    expect(() => button(element, 'Try it now')).toThrowError();
    expect(element.textContent).toContain('EMULATOR_ENABLED=true');
    await expectAccessible(element);
  });

  it('says why one has to sign in again', async () => {
    const { element } = await open({ url: '/sign-in?because=expired' });

    expect(element.textContent).toContain('Your session has ended');
  });

  it('says nothing for a reason that it does not know', async () => {
    const { element } = await open({ url: '/sign-in?because=constructor' });

    expect(element.textContent).not.toContain('native code');
  });

  for (const [way, first] of [
    ['account', 'LivePerson account'],
    ['', 'Try it now'],
  ] as const) {
    it(`begins with “${first}” for who ${way === '' ? 'had no account' : 'was signed in with one'}`, async () => {
      const { element } = await open({ url: `/sign-in?because=expired&way=${way}` });

      expect([...element.querySelectorAll('h2')].map((each) => each.textContent)[0]).toBe(first);
      await expectAccessible(element);
    });
  }
});
