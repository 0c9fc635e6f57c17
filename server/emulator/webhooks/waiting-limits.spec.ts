import { asAccountId, asConsumerId, asConversationId } from '#protocol/identifiers';

import { defaultCloudSettings } from '../cloud-settings.ts';
import { silentLog } from '../emulator-log.ts';
import { FaultBook } from '../faults/fault-book.ts';
import type { Account } from '../state/account-state.ts';
import { Accounts } from '../state/accounts.ts';
import { buildOpening } from '../testing/conversation-builders.ts';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { WebhookPoster } from './webhook-poster.ts';
import { WebhookSender } from './webhook-sender.ts';
import type { WaitingLimits } from './webhook-sender.ts';

describe('Webhooks that wait', () => {
  let clock: VirtualClock;
  let receiver: WebhookReceiver;
  let sender: WebhookSender;
  beforeEach(async () => {
    clock = new VirtualClock();
    receiver = await WebhookReceiver.start();
    // Nothing is ever answered, so that everything waits.
    receiver.respond = () => undefined;
  });
  afterEach(async () => {
    sender.close();
    clock.close();
    await receiver[Symbol.asyncDispose]();
  });

  function accountWith(limits: WaitingLimits): Account {
    const settings = { ...defaultCloudSettings };
    sender = new WebhookSender({
      clock,
      settings,
      log: silentLog,
      poster: new WebhookPoster({ clock, settings, authority: null }),
      faults: new FaultBook({ clock, log: silentLog, changed: () => undefined }),
      isLocalHost: () => true,
      changed: () => undefined,
      limits,
    });
    const accounts = new Accounts({
      clock,
      settings,
      webhookUrl: () => receiver.url,
      tell: (account, occurrence) => sender.tell(account, occurrence),
    });
    const account = accounts.get('demo');
    if (!account) throw new Error('no account');
    return account;
  }
  const open = ({ conversations }: Account, name: string): void =>
    void conversations.open(
      buildOpening({
        id: asConversationId(name),
        account: asAccountId('demo'),
        consumerId: asConsumerId(name),
      }),
    );
  const lost = (): unknown[] =>
    sender.deliveries.list({ outcome: 'lost' }).map(({ conversation }) => conversation);

  it('are as many as the limit allows; the newest are lost, and that is told', () => {
    const account = accountWith({ mostWebhooks: 3, mostBytes: 1e9 });

    for (const name of ['a', 'b', 'c', 'd', 'e']) open(account, name);

    expect(lost()).toEqual(['d', 'e']);
    expect(
      sender.deliveries.list({}).every(({ failure }) => failure === 'too many webhooks wait for this app'),
    ).toBeTrue();
  });

  it('are as large together as the limit allows', () => {
    const account = accountWith({ mostWebhooks: 1e9, mostBytes: 1000 });

    for (const name of ['a', 'b', 'c', 'd']) open(account, name);

    expect(lost().length).toBeGreaterThan(0);
    expect(lost()).toContain('d');
    expect(lost()).not.toContain('a');
  });
});
