import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { BridgeFailure } from '../bridge/bridge-failure';
import { EventLog } from '../bridge/event-log';
import { SessionEnd } from '../bridge/session-end';
import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from '../testing/blank-page';
import { buildFailure } from '../testing/build-failure';
import { FakeAccount } from '../testing/fake-account';
import { FakeEventSources } from '../testing/fake-event-source';
import { provideAccount } from '../testing/provide-account';
import { SessionWatch } from './session-watch';

describe('a stream that the bridge refuses', () => {
  beforeEach(() => jasmine.clock().install().mockDate(new Date('2026-01-15T10:00:00Z')));
  afterEach(() => jasmine.clock().uninstall());

  /** Lets answers that are there arrive. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    TestBed.tick();
  }

  async function refused(account: FakeAccount) {
    const sources = new FakeEventSources();
    const routes = [{ path: '**', component: BlankPage }];
    TestBed.configureTestingModule({
      providers: [provideAccount(account, { sources }), provideRouter(routes)],
    });
    await TestBed.inject(SignedInUser).signInToDemo();
    TestBed.inject(SessionWatch).start();
    const log = TestBed.inject(EventLog);
    log.open('demo/kim');
    const refuse = async (): Promise<void> => {
      sources.last.refuse();
      TestBed.tick();
      await settle();
    };
    await refuse();
    return { log, sources, refuse };
  }

  it('is asked why without prolonging the session, however often', async () => {
    const account = new FakeAccount();
    account.streamRefusal = buildFailure('too-many-streams');
    const { refuse } = await refused(account);
    account.expiresInMs = 60_000;

    await refuse();

    expect(account.expiresInMs).toBe(60_000);
  });

  it('is tried again when the bridge says, and not before', async () => {
    const account = new FakeAccount();
    account.streamRefusal = new BridgeFailure(buildFailure('too-many-streams').problem, {
      retryAfterSeconds: 5,
    });
    const { log, sources } = await refused(account);
    expect(log.refusal()).toBe(account.streamRefusal);

    jasmine.clock().tick(4_999);
    expect(sources.opened.length).toBe(1);

    jasmine.clock().tick(2);
    expect(sources.opened.length).toBe(2);
  });

  it('is tried again soon when the bridge does not say when', async () => {
    const account = new FakeAccount();
    account.streamRefusal = buildFailure('too-many-streams');
    const { sources } = await refused(account);

    jasmine.clock().tick(2_001);

    expect(sources.opened.length).toBe(2);
  });

  it('ends the session here when it is over there', async () => {
    const account = new FakeAccount();
    const { refuse } = await refused(account);
    account.user = null;

    await refuse();

    expect(TestBed.inject(SessionEnd).reason()).toBe('expired');
  });
});
