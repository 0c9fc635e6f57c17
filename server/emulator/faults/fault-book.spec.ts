import { silentLog } from '../emulator-log.ts';
import { FaultBook, MOST_RULES } from './fault-book.ts';
import { readFaultRule } from './fault-rule.ts';
import type { FaultRule } from './fault-rule.ts';
import type { CallOccasion, WebhookOccasion } from './occasion.ts';

const rule = (value: object): FaultRule => {
  const reading = readFaultRule(value);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.rule;
};
const call = (more: Partial<CallOccasion> = {}): CallOccasion => ({
  on: 'call',
  account: 'demo',
  app: 'app-1',
  conversation: 'c1',
  eventType: 'ContentEvent',
  consumer: 'ada',
  service: 'asyncMessagingEnt',
  method: 'POST',
  path: '/api/account/demo/messaging/consumer/conversation/send',
  requestType: 'ms.PublishEvent',
  hasToken: true,
  ...more,
});
const webhook = (more: Partial<WebhookOccasion> = {}): WebhookOccasion => ({
  on: 'webhook',
  account: 'demo',
  app: 'app-1',
  conversation: 'c1',
  eventType: 'ms.MessagingEventNotification.ContentEvent',
  consumer: 'ada',
  attempt: 1,
  ...more,
});

describe('Faults by rule', () => {
  let faults: FaultBook;
  const fires = (times: number, occasion: () => CallOccasion = call): boolean[] =>
    Array.from({ length: times }, () => faults.meetCall(occasion()) !== null);
  beforeEach(() => {
    faults = new FaultBook({ clock: { now: () => 77 }, log: silentLog, changed: () => undefined });
  });

  const fitting: readonly (readonly [object, Partial<CallOccasion>])[] = [
    [{ service: 'asyncMessagingEnt' }, { service: 'idp' }],
    [{ method: 'post' }, { method: 'GET' }],
    [{ path: '/api/account/*/send' }, { path: '/api/account/demo/messaging/consumer/conversation' }],
    [{ path: '*conversation*' }, { path: '/login' }],
    [{ requestType: 'ms.PublishEvent' }, { requestType: 'cm.UpdateConversationField' }],
    [{ eventType: 'ContentEvent' }, { eventType: 'ChatStateEvent' }],
    [{ account: 'demo' }, { account: 'demo2' }],
    [{ app: 'app-1' }, { app: 'app-2' }],
    [{ conversation: 'c1' }, { conversation: null }],
  ];
  for (const [match, other] of fitting) {
    it(`are about the calls that fit ${JSON.stringify(match)} and no others`, () => {
      faults.add(rule({ on: 'call', kind: 'drop', match }));

      expect(faults.meetCall(call())).not.toBeNull();
      expect(faults.meetCall(call(other))).toBeNull();
      expect(faults.meetWebhook(webhook())).toBeNull();
    });
  }

  const fittingWebhooks: readonly (readonly [object, Partial<WebhookOccasion>])[] = [
    [{ eventType: 'ContentEvent' }, { eventType: 'ms.MessagingEventNotification.RichContentEvent' }],
    [
      { eventType: 'ms.MessagingEventNotification.ContentEvent' },
      { eventType: 'cqm.ExConversationChangeNotification' },
    ],
    [{ attempt: 1 }, { attempt: 2 }],
    [{ app: 'app-1' }, { app: 'app-2' }],
  ];
  for (const [match, other] of fittingWebhooks) {
    it(`are about the webhooks that fit ${JSON.stringify(match)} and no others`, () => {
      faults.add(rule({ on: 'webhook', kind: 'drop', match }));

      expect(faults.meetWebhook(webhook())).not.toBeNull();
      expect(faults.meetWebhook(webhook(other))).toBeNull();
      expect(faults.meetCall(call())).toBeNull();
    });
  }

  it('fire as often as their count says, after as many as they skip', () => {
    faults.add(rule({ on: 'call', kind: 'drop', skip: 2, count: 3 }));

    expect(fires(7)).toEqual([false, false, true, true, true, false, false]);
    expect(faults.list()).toEqual([jasmine.objectContaining({ matched: 7, fired: 3 })]);
  });

  it('fire with their probability', () => {
    faults.add(rule({ on: 'call', kind: 'drop', probability: 0.3 }));

    const share = fires(3000).filter(Boolean).length / 3000;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.04);
  });

  it('choose the same occasions of a consumer for the same seed, whatever happens to others in between', () => {
    const chosenOf = (seed: number, others: number): boolean[] => {
      faults.clear();
      faults.add(rule({ on: 'call', kind: 'drop', probability: 0.5, seed }));
      return Array.from({ length: 50 }, () => {
        for (let index = 0; index < others; index += 1) faults.meetCall(call({ consumer: `other ${index}` }));
        return faults.meetCall(call()) !== null;
      });
    };

    expect(chosenOf(42, 0)).toEqual(chosenOf(42, 3));
    expect(chosenOf(42, 0)).not.toEqual(chosenOf(43, 0));
  });

  it('happen one at a time: the first rule that fires', () => {
    faults.add(rule({ on: 'call', kind: 'drop', count: 1 }));
    faults.add(rule({ on: 'call', kind: 'reset' }));

    expect([faults.meetCall(call())?.kind, faults.meetCall(call())?.kind]).toEqual(['drop', 'reset']);
  });

  it('do not let a token expire where there is none', () => {
    faults.add(rule({ on: 'call', kind: 'expired-token' }));

    expect(faults.meetCall(call({ hasToken: false }))).toBeNull();
    expect(faults.meetCall(call())?.kind).toBe('expired-token');
  });

  it('change the order apart from everything else', () => {
    faults.add(rule({ on: 'webhook', kind: 'reorder', ms: 100 }));

    expect(faults.meetWebhook(webhook())).toBeNull();
    expect(faults.meetOrder(webhook())).toBe(100);
  });

  it('are reported with what they happened to', () => {
    faults.add(rule({ on: 'call', kind: 'drop' }));
    fires(2);

    expect(faults.firingsAfter(1)).toEqual([
      { number: 2, at: 77, rule: 'fault-1', kind: 'drop', occasion: call() },
    ]);
  });

  it('end when they are removed or cleared, firings included', () => {
    const id = faults.add(rule({ on: 'call', kind: 'drop' }))?.id ?? '';
    fires(1);
    expect(faults.remove(id)).toBeTrue();
    expect(faults.remove(id)).toBeFalse();
    expect(fires(1)).toEqual([false]);

    faults.clear();
    expect(faults.firingsAfter(0)).toEqual([]);
  });

  it('are refused beyond the most that are kept', () => {
    for (let index = 0; index < MOST_RULES; index += 1) faults.add(rule({ on: 'call', kind: 'drop' }));

    expect(faults.add(rule({ on: 'call', kind: 'drop' }))).toBeNull();
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /on/],
    [{ kind: 'drop' }, /on/],
    [{ on: 'call', kind: 'duplicate' }, /kind/],
    [{ on: 'webhook', kind: 'expired-token' }, /kind/],
    [{ on: 'call', kind: 'delay' }, /ms/],
    [{ on: 'call', kind: 'delay', ms: 1e9 }, /ms/],
    [{ on: 'call', kind: 'drop', probability: 2 }, /probability/],
    [{ on: 'call', kind: 'drop', match: { servise: 'idp' } }, /servise/],
    [{ on: 'call', kind: 'drop', typo: 1 }, /typo/],
    [{ on: 'call', kind: 'status', status: 99 }, /status/],
  ];
  for (const [value, words] of wrong) {
    it(`refuse ${JSON.stringify(value)} by naming what is wrong`, () => {
      const reading = readFaultRule(value);

      expect('problem' in reading && words.test(reading.problem))
        .withContext(JSON.stringify(reading))
        .toBeTrue();
    });
  }
});
