import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { WebhookSource } from './webhook-source.ts';

/** How long webhooks took to the screen, in milliseconds. */
export interface PaintedLatency {
  readonly latenciesMs: readonly number[];
  /** So far the two clocks may be apart. */
  readonly clockErrorMs: number;
}

export interface Pace {
  readonly perSecond: number;
  /** Sent first and not counted. */
  readonly warmUp: number;
  readonly count: number;
}

/** What {@link watchPaints} keeps in the page. */
interface PaintWatch {
  readonly paintedAt: Record<string, number>;
}
declare global {
  interface Window {
    paintWatch?: PaintWatch;
  }
}

/** From the POST of each webhook to the end of the frame that first shows its message. */
export async function measurePaintedLatency(
  page: Page,
  source: WebhookSource,
  { perSecond, warmUp, count }: Pace,
): Promise<PaintedLatency> {
  await page.evaluate(watchPaints);
  const { offsetMs, errorMs } = await compareClocks(page);
  const sentAt: number[] = [];
  const answers: Promise<void>[] = [];
  const startAt = performance.now();
  for (let index = 0; index < warmUp + count; index += 1) {
    await wait(Math.max(0, startAt + (index * 1_000) / perSecond - performance.now()));
    sentAt.push(clockNow());
    answers.push(source.post([`measured ${index}.`]));
  }
  await Promise.all(answers);
  const last = warmUp + count - 1;
  await page.waitForFunction((name) => window.paintWatch?.paintedAt[name] !== undefined, String(last));
  const paintedAt = await page.evaluate(() => window.paintWatch?.paintedAt ?? {});
  const latenciesMs = sentAt.map((at, index) => {
    const painted = paintedAt[String(index)];
    if (painted === undefined) throw new Error(`Message ${index} was never on the screen`);
    return painted - offsetMs - at;
  });
  return { latenciesMs: latenciesMs.slice(warmUp), clockErrorMs: errorMs };
}

const clockNow = (): number => performance.timeOrigin + performance.now();

/** Runs in the page: notes for each message when the frame that first shows it is done. */
function watchPaints(): void {
  const paintedAt: Record<string, number> = {};
  let unpainted: string[] = [];
  const channel = new MessageChannel();
  // A message posted while a frame is made ready is delivered after it was laid out and painted.
  channel.port1.onmessage = () => {
    const now = performance.timeOrigin + performance.now();
    for (const name of unpainted) paintedAt[name] ??= now;
    unpainted = [];
  };
  new MutationObserver((records) => {
    const before = unpainted.length;
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        const name = /measured (\d+)\./.exec(node.textContent ?? '')?.[1];
        if (name !== undefined) unpainted.push(name);
      }
    }
    if (unpainted.length > before) requestAnimationFrame(() => channel.port2.postMessage(null));
  }).observe(document.querySelector('[role=log]') ?? document.body, { childList: true, subtree: true });
  window.paintWatch = { paintedAt };
}

/** How far the page's clock is ahead of ours, from the quickest of some questions. */
async function compareClocks(page: Page): Promise<{ offsetMs: number; errorMs: number }> {
  let best = { offsetMs: 0, errorMs: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < 30; turn += 1) {
    const askedAt = clockNow();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const answeredAt = clockNow();
    const errorMs = (answeredAt - askedAt) / 2;
    if (errorMs < best.errorMs) best = { offsetMs: there - (askedAt + answeredAt) / 2, errorMs };
  }
  return best;
}
