import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';

import type { SessionAnswer } from '#protocol/bridge-api';

import { SessionEnd } from '../bridge/session-end';
import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from '../testing/blank-page';
import { buildFailure } from '../testing/build-failure';
import { buildUser } from '../testing/build-installation';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { SessionExpiry } from './session-expiry';
import { SessionWarning } from './session-warning';

describe('the end of the session', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date('2026-01-15T10:00:00Z')));
  afterEach(() => jasmine.clock().uninstall());

  /** Lets answers that are there arrive. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    TestBed.tick();
  }

  async function signedInFor(expiresInMs: number) {
    const account = new FakeAccount();
    TestBed.configureTestingModule({ providers: [provideAccount(account), provideRouter([])] });
    await TestBed.inject(SignedInUser).signInToDemo();
    account.expiresInMs = expiresInMs;
    const expiry = TestBed.inject(SessionExpiry);
    expiry.start();
    TestBed.tick();
    await settle();
    return { account, expiry };
  }

  async function pass(ms: number, account: FakeAccount): Promise<void> {
    account.expiresInMs -= ms;
    jasmine.clock().tick(ms);
    await settle();
  }

  it('is announced two minutes before', async () => {
    const { account, expiry } = await signedInFor(600_000);
    await pass(479_000, account);
    expect(expiry.warning()).toBeNull();

    await pass(1_000, account);

    expect(expiry.warning()).toEqual({ endsAt: Date.now() + 120_000, canStay: true });
  });

  it('is not announced when the session was used meanwhile', async () => {
    const { account, expiry } = await signedInFor(600_000);
    account.expiresInMs = 1_200_000;

    await pass(480_000, account);

    expect(expiry.warning()).toBeNull();
  });

  it('goes away when one stays', async () => {
    const { expiry } = await signedInFor(100_000);
    expect(expiry.warning()).not.toBeNull();

    await expiry.stay();

    expect(expiry.warning()).toBeNull();
  });

  it('does not come back by the answer to an earlier look', async () => {
    const { account, expiry } = await signedInFor(100_000);
    const late = Promise.withResolvers<SessionAnswer>();
    spyOn(account, 'peekSession').and.returnValue(late.promise);
    await pass(10_000, account);
    await expiry.stay();

    late.resolve({ user: buildUser(), expiresInMs: 90_000 });
    await settle();

    expect(expiry.warning()).toBeNull();
  });

  it('goes away when another tab stays', async () => {
    const { account, expiry } = await signedInFor(100_000);
    account.expiresInMs = 7_200_000;

    await pass(10_000, account);

    expect(expiry.warning()).toBeNull();
  });

  it('cannot be put off beyond its maximum length, and it says so', async () => {
    const { account, expiry } = await signedInFor(100_000);
    account.prolongedMs = 100_000;

    await expiry.stay();

    expect(expiry.warning()?.canStay).toBeFalse();
  });

  it('leads to sign-in when it has come', async () => {
    const { account, expiry } = await signedInFor(5_000);
    account.user = null;

    await pass(5_500, account);

    expect(TestBed.inject(SessionEnd).reason()).toBe('expired');
    expect(expiry.warning()).not.toBeNull();
  });

  it('looks again later when the bridge does not answer', async () => {
    const { account, expiry } = await signedInFor(600_000);
    account.refusal = buildFailure('internal');
    await pass(480_000, account);
    expect(expiry.warning()).toBeNull();

    account.refusal = null;
    await pass(30_000, account);

    expect(expiry.warning()).not.toBeNull();
  });

  it('is not watched for who is not signed in', async () => {
    const { expiry } = await signedInFor(100_000);

    TestBed.inject(SignedInUser).forget();
    await settle();

    expect(expiry.warning()).toBeNull();
  });
});

describe('SessionWarning', () => {
  async function open(canStay: boolean) {
    const account = new FakeAccount();
    const routes = [{ path: '**', component: BlankPage }];
    TestBed.configureTestingModule({ providers: [provideAccount(account), provideRouter(routes)] });
    const fixture = TestBed.createComponent(SessionWarning);
    fixture.componentRef.setInput('warning', { endsAt: Date.now() + 64_500, canStay });
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    return { account, element, fixture };
  }

  it('counts down and offers to stay', async () => {
    const { element } = await open(true);

    expect(element.textContent).toContain('1:04 left');
    expect(element.textContent).toContain('You were idle. Nothing stored is lost');
    expect(element.textContent).toContain('Stay signed in');
    await expectAccessible(element);
  });

  it('says when staying is not possible', async () => {
    const { element } = await open(false);

    expect(element.textContent).toContain('maximum length is near. Nothing stored is lost');
    expect(element.querySelector('button')?.getAttribute('matButton')).toBe('filled');
    expect(element.textContent).not.toContain('Stay signed in');
  });

  it('leads to sign-in and back when staying is not possible', async () => {
    const { account, element, fixture } = await open(false);
    account.user = buildUser({ isEmulated: false });
    await TestBed.inject(SignedInUser).restore();
    await TestBed.inject(Router).navigateByUrl('/apps?filter=x');

    element.querySelector('button')?.click();
    await fixture.whenStable();

    expect(account.user).toBeNull();
    expect(TestBed.inject(Router).url).toBe('/sign-in?wanted=%2Fapps%3Ffilter%3Dx&way=account');
  });

  it('says why staying did not work', async () => {
    const { account, element, fixture } = await open(true);
    account.refusal = buildFailure('internal');

    element.querySelector('button')?.click();
    await fixture.whenStable();

    expect(element.querySelector('[role="alert"]')?.textContent).toContain('defect');
  });
});
