import { asAppKey, asConsumerId, asConversationId } from '#protocol/identifiers';

import { Accounts } from '../state/accounts.ts';
import { defaultCloudSettings } from '../cloud-settings.ts';
import { systemClock } from '../clock.ts';
import { silentLog } from '../emulator-log.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryLog } from './delivery-log.ts';
import { RecentWebhooks } from './recent-webhooks.ts';

function account() {
  const settings = defaultCloudSettings;
  const tell = (): void => undefined;
  const found = new Accounts({ clock: systemClock, settings, webhookUrl: () => 'http://l/', tell }).get(
    'demo',
  );
  if (!found) throw new Error('no account');
  return found;
}

const delivery = (number: number, size = 10): Delivery => ({
  ...{ number, account: account(), appKey: asAppKey('app'), conversationId: asConversationId('c') },
  ...{ consumerId: asConsumerId('ada'), eventType: 'ms.MessagingEventNotification.ContentEvent' },
  ...{ body: Buffer.alloc(size), createdAt: 0, tries: 0 },
});

describe('Webhooks kept for redelivery', () => {
  const LIMITS = { mostWebhooks: 3, mostBytes: 100 };
  const kept = (recent: RecentWebhooks) => [1, 2, 3, 4, 5].filter((number) => recent.has(number));

  it('are as many as the limit allows, the latest told of', () => {
    const recent = new RecentWebhooks(LIMITS);
    for (const number of [1, 2, 3, 1, 4]) recent.keep(delivery(number));

    expect(kept(recent)).toEqual([1, 3, 4]);
  });

  it('are as large together as the limit allows, each counted once', () => {
    const recent = new RecentWebhooks(LIMITS);
    recent.keep(delivery(1, 40));
    for (let tried = 0; tried < 5; tried += 1) recent.keep(delivery(2, 50));
    expect(kept(recent)).toEqual([1, 2]);

    recent.keep(delivery(3, 40));
    expect(kept(recent)).toEqual([2, 3]);
  });

  it('are not driven out by one that is too large for itself', () => {
    const recent = new RecentWebhooks(LIMITS);
    recent.keep(delivery(1));
    recent.keep(delivery(2, 101));

    expect(kept(recent)).toEqual([1]);
  });

  it('keep the count of their redeliveries when they are told of again', () => {
    const recent = new RecentWebhooks(LIMITS);
    recent.keep(delivery(1), 2);
    recent.keep(delivery(1));

    expect(recent.get(1)?.redeliveries).toBe(2);
  });

  it('are said to be gone in the list of tries, once they are', () => {
    const log = new DeliveryLog({ log: silentLog, now: () => 0 }, new RecentWebhooks(LIMITS));
    for (const number of [1, 2, 3, 4])
      log.report(delivery(number), { outcome: 'expired', attempt: null, nextAt: null });

    expect(log.list({}).map(({ isKept }) => isKept)).toEqual([false, true, true, true]);
  });
});
