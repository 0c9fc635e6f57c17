export const aFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Waits until `isTrue` holds, looking again after each frame: for specs whose clock stands still while something real
 * (a channel, a lock) takes its own time.
 */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await aFrame();
}
