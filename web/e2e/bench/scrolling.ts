import type { Page } from '@playwright/test';

/** How smoothly one way through the messages went. */
export interface Scrolling {
  readonly framesPerSecond: number;
  /** The longest time between two frames. */
  readonly longestFrameMs: number;
  /** Tasks that kept the page busy for more than 50 ms. */
  readonly longTasks: number;
  readonly pixels: number;
  readonly seconds: number;
}

/** Scrolls through all messages at a steady pace, as fast as a hand flings. @param direction Up reads back to the first. */
export function scrollThrough(
  page: Page,
  direction: 'up' | 'down',
  pixelsPerFrame: number,
): Promise<Scrolling> {
  return page.evaluate(scroll, { sign: direction === 'up' ? -1 : 1, pixelsPerFrame });
}

/** Runs in the page. */
async function scroll({
  sign,
  pixelsPerFrame,
}: {
  sign: number;
  pixelsPerFrame: number;
}): Promise<Scrolling> {
  const scroller = document.querySelector('[role=log]');
  if (scroller === null) throw new Error('There are no messages');
  let longTasks = 0;
  const tasks = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  tasks.observe({ type: 'longtask' });
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const startedAt = await nextFrame();
  let [frames, pixels, longestFrameMs, before, still] = [0, 0, 0, startedAt, 0];
  // What is read back arrives above: the end is where nothing moves any more.
  while (still < 20) {
    const top = scroller.scrollTop;
    scroller.scrollTop = top + sign * pixelsPerFrame;
    pixels += Math.abs(scroller.scrollTop - top);
    still = scroller.scrollTop === top ? still + 1 : 0;
    const now = await nextFrame();
    longestFrameMs = Math.max(longestFrameMs, now - before);
    before = now;
    frames += 1;
  }
  const seconds = (before - startedAt) / 1_000;
  tasks.disconnect();
  return { framesPerSecond: frames / seconds, longestFrameMs, longTasks, pixels, seconds };
}
