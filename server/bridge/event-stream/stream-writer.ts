import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { sseFrame } from './sse-frame.ts';

/** After a lost connection the browser waits this long before it asks again. */
const RETRY_MS = 1_000;

/** Writes server-sent events to one browser, never faster than it reads. */
export class StreamWriter {
  private readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  open(): void {
    // It ends with its connection, so nothing need mark its chunks: what is written goes out as it is.
    this.response.removeHeader('Transfer-Encoding');
    this.response.writeHead(200, {
      Connection: 'close',
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      // Nginx would otherwise hold events back until its buffer is full.
      'X-Accel-Buffering': 'no',
    });
    this.response.write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Whether what was written has not been taken yet; more would pile up in memory. */
  get isBusy(): boolean {
    return this.response.writableNeedDrain;
  }

  write(event: string, data: string, id?: number): void {
    if (this.isOpen) this.response.write(sseFrame(event, data, id));
  }

  /**
   * Writes frames until the reader lags behind; what goes out together is one write of the system.
   *
   * @returns How many of them were written.
   */
  writeFrames(frames: readonly Buffer[]): number {
    if (!this.isOpen) return 0;
    if (frames.length > 1) this.response.cork();
    let written = 0;
    for (const frame of frames) {
      if (this.isBusy) break;
      this.response.write(frame);
      written += 1;
    }
    if (frames.length > 1) this.response.uncork();
    return written;
  }

  /** Waits until a slow reader has caught up, so that what it has not read stays in the store. */
  async drained(signal: AbortSignal): Promise<void> {
    if (!this.isBusy || signal.aborted) return;
    // An abort rejects the wait and ends the loop that called: nothing is left to report.
    await once(this.response, 'drain', { signal }).catch(() => undefined);
  }

  end(): void {
    this.response.end();
  }

  /** Ends the connection of a reader that takes nothing, with all that waits for it in memory. */
  cut(): void {
    this.response.destroy();
  }

  private get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }
}
