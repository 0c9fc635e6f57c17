import type { WebhooksCapability } from '#protocol/app-installation';

import { isTooOld, probeDelayMs, retryPolicyOf } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

const TEXT = 'ms.MessagingEventNotification.ContentEvent';
const webhooks = (maxRetries?: number, retentionTime?: number): WebhooksCapability => ({
  [TEXT]: { endpoint: 'http://localhost/', ...(maxRetries !== undefined && { max_retries: maxRetries }) },
  ...(retentionTime !== undefined && { retry: { retention_time: retentionTime } }),
});

describe('The retry policy of a webhook (§8.6)', () => {
  const rows: readonly (readonly [string, WebhooksCapability | null, RetryPolicy])[] = [
    ['nothing configured', webhooks(), { mechanism: 'none' }],
    ['no webhooks at all', null, { mechanism: 'none' }],
    ['max_retries 0', webhooks(0), { mechanism: 'none' }],
    ['max_retries 5', webhooks(5), { mechanism: 'counted', maxRetries: 5 }],
    [
      'a retention time',
      webhooks(undefined, 2),
      { mechanism: 'retention', retentionMs: 2000, stopsApp: true },
    ],
    [
      'a retention time beside max_retries, which it overrules',
      webhooks(5, 259_200),
      { mechanism: 'retention', retentionMs: 259_200_000, stopsApp: true },
    ],
    [
      'a retention time beside max_retries 0, which does not stop the app',
      webhooks(0, 3600),
      { mechanism: 'retention', retentionMs: 3_600_000, stopsApp: false },
    ],
  ];
  for (const [name, capability, policy] of rows) {
    it(`is ${policy.mechanism} for ${name}`, () => {
      expect(retryPolicyOf(capability, TEXT)).toEqual(policy);
    });
  }

  it('waits 2, 4, 8 … 256 s and then five minutes each time', () => {
    const delays = Array.from({ length: 11 }, (_, index) => probeDelayMs(index + 1) / 1000);

    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    expect(probeDelayMs(5000)).toBe(300_000);
  });

  it('lets a webhook be as old as the retention time, not older', () => {
    const policy = retryPolicyOf(webhooks(undefined, 2), TEXT);

    expect(isTooOld(policy, 2000)).toBeFalse();
    expect(isTooOld(policy, 2001)).toBeTrue();
    expect(isTooOld({ mechanism: 'counted', maxRetries: 5 }, 1e12)).toBeFalse();
  });
});
