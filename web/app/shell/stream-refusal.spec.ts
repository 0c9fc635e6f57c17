import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { EventLog } from '../bridge/event-log';
import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from '../testing/blank-page';
import { buildFailure } from '../testing/build-failure';
import { eventually } from '../testing/eventually';
import { FakeAccount } from '../testing/fake-account';
import { FakeEventSources } from '../testing/fake-event-source';
import { provideAccount } from '../testing/provide-account';
import { SessionWatch } from './session-watch';

describe('why the server gives no stream', () => {
  /** Signed in, refused, and told why. */
  async function refused() {
    const account = new FakeAccount();
    const sources = new FakeEventSources();
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account, { sources }),
        provideRouter([{ path: '**', component: BlankPage }]),
      ],
    });
    const user = TestBed.inject(SignedInUser);
    await user.signInToDemo();
    TestBed.inject(SessionWatch).start();
    const log = TestBed.inject(EventLog);
    const refuse = () => {
      sources.last.refuse();
      TestBed.tick();
    };
    account.streamRefusal = buildFailure('too-many-streams');
    refuse();
    await eventually(() => log.refusal() instanceof BridgeFailure);
    return { account, log, refuse, user };
  }

  it('is forgotten with the person who signs out', async () => {
    const { log, user } = await refused();

    await user.signOut();

    expect(log.refusal()).toBeNull();
  });

  it('is no news any more when the network is lost', async () => {
    const { log } = await refused();

    window.dispatchEvent(new Event('offline'));

    expect(log.refusal()).toBeNull();
  });

  it('is past when the server would give one now', async () => {
    const { account, log, refuse } = await refused();
    account.streamRefusal = null;
    log.retryNow();

    refuse();

    await eventually(() => log.refusal() === null);
  });

  it('is not known of a server that does not answer', async () => {
    const { account, log, refuse } = await refused();
    account.streamRefusal = new BridgeFailure(BRIDGE_UNREACHABLE);
    log.retryNow();

    refuse();

    await eventually(() => log.refusal() === null);
  });
});
