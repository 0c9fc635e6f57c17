import type { SignatureVerdict } from '#protocol/bridge-events';

/** Is told what became of webhooks. */
export interface WebhookMeter {
  /** @param seconds From the first byte of the request to the end of the answer. */
  answered(status: number, seconds: number): void;
  judged(verdict: SignatureVerdict): void;
}
