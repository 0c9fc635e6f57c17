import type { LogPayload } from '#protocol/bridge-events';

type Exchange = Extract<LogPayload, { kind: 'exchange' }>;

/** A call to the cloud that was answered; name only what matters. */
export const buildExchange = (parts: Partial<Exchange> = {}): Exchange => ({
  ...{
    kind: 'exchange',
    exchangeId: 'e1',
    service: 'asyncMessagingEnt',
    summary: 'ms.PublishEvent ContentEvent',
  },
  ...{ attempt: 1, startedAt: Date.UTC(2026, 0, 15, 10), durationMs: 41.3, failure: null },
  request: {
    method: 'POST',
    url: 'https://va.example.com/api/send?v=3',
    headers: { authorization: '***' },
    body: { kind: 'req' },
  },
  response: { status: 200, headers: {}, body: { code: 'OK', body: { sequence: 3 } } },
  ...parts,
});
