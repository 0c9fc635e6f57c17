import type { WebhookEventType, WebhooksCapability } from '#protocol/app-installation';

/** What is to be done about a webhook that was not taken. @see PROTOCOL.md §8.6 */
export type RetryPolicy =
  | { readonly mechanism: 'none' }
  /** The old one: this webhook alone, again after a fixed time. */
  | { readonly mechanism: 'counted'; readonly maxRetries: number }
  /** The recommended one: everything of the app waits until its endpoint answers again. */
  | {
      readonly mechanism: 'retention';
      readonly retentionMs: number;
      /** Whether a failure of this event type stops the whole app. */
      readonly stopsApp: boolean;
    };

const FIRST_PROBE_MS = 2000;
const SLOWEST_PROBE_MS = 300_000;

/** Time until a counted retry. @see PROTOCOL.md §8.6 */
export const COUNTED_RETRY_MS = 30_000;

/**
 * The retention time wins over counted retries. With it, `max_retries: 0` written explicitly keeps the event type from
 * stopping the app. @see PROTOCOL.md §8.6
 */
export function retryPolicyOf(
  webhooks: WebhooksCapability | null | undefined,
  eventType: WebhookEventType,
): RetryPolicy {
  const maxRetries = webhooks?.[eventType]?.max_retries;
  if (webhooks?.retry) {
    const retentionMs = webhooks.retry.retention_time * 1000;
    return { mechanism: 'retention', retentionMs, stopsApp: maxRetries !== 0 };
  }
  return maxRetries === undefined || maxRetries === 0
    ? { mechanism: 'none' }
    : { mechanism: 'counted', maxRetries };
}

/** Time until the next try after so many failed ones: 2, 4, 8 … s, at most five minutes. @see PROTOCOL.md §8.6 */
export function probeDelayMs(failures: number): number {
  // Beyond 2^8 the cap holds anyway; it keeps the power from growing without end.
  return Math.min(FIRST_PROBE_MS * 2 ** Math.min(failures - 1, 8), SLOWEST_PROBE_MS);
}

/** Whether a webhook is older than its app wants it. @see PROTOCOL.md §8.6 */
export function isTooOld(policy: RetryPolicy, ageMs: number): boolean {
  return policy.mechanism === 'retention' && ageMs > policy.retentionMs;
}
