import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** After a lost connection the browser waits this long before it asks again. */
const RETRY_MS = 1_000;

/** Writes server-sent events to one browser, never faster than it reads. */
export class StreamWriter {
  private readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  open(): void {
    this.response.writeHead(200, {
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
    if (this.response.writableEnded || this.response.destroyed) return;
    this.response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
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
}
