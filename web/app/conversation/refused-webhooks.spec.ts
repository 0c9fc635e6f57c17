import { TestBed } from '@angular/core/testing';

import type { AppKey } from '#protocol/identifiers';

import { EventLog } from '../bridge/event-log';
import { FakeEventLog } from '../testing/fake-bridge';
import { APP, LogWriter, OTHER_APP } from '../testing/log-entries';
import { RefusedWebhooks } from './refused-webhooks';

describe('RefusedWebhooks', () => {
  function start() {
    const log = new FakeEventLog();
    const writer = new LogWriter();
    TestBed.configureTestingModule({ providers: [{ provide: EventLog, useValue: log }] });
    const refuse = (appKey: AppKey, reason: 'body-differs' | 'invalid-json' = 'body-differs') => {
      const about = { deliveryId: 'd', status: 401, detail: '', headers: {}, sizeBytes: 3 };
      const entry = writer.add({ kind: 'notification-refused', ...about, reason, appKey }, null);
      log.deliver(entry);
      return entry;
    };
    const webhooks = TestBed.runInInjectionContext(() => new RefusedWebhooks());
    return { log, refuse, webhooks };
  }

  it('tell the first that named the app and its signature, since the message was written', () => {
    const { refuse, webhooks } = start();
    const before = refuse(APP);
    const since = before.at + 1;
    refuse(OTHER_APP);
    refuse(APP, 'invalid-json');
    expect(webhooks.firstFor(APP, since)).toBeNull();

    const fitting = refuse(APP);
    refuse(APP);

    expect(webhooks.firstFor(APP, since)?.sequence).toBe(fitting.sequence);
    expect(webhooks.firstFor(APP, before.at)?.sequence).toBe(before.sequence);
    expect(webhooks.firstFor(null, before.at)).toBeNull();
  });

  it('lead to none that the log has dropped', () => {
    const { log, refuse, webhooks } = start();
    const dropped = refuse(APP);
    const kept = refuse(APP);

    log.forgetThrough(dropped.sequence);
    expect(webhooks.firstFor(APP, 0)?.sequence).toBe(kept.sequence);

    log.reset();
    expect(webhooks.firstFor(APP, 0)).toBeNull();
  });
});
