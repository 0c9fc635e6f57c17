import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

import type { Logger } from '../logging/loggers.ts';

/** So much written is worth a checkpoint. */
const DUE_BYTES = 16 * 1024 * 1024;
/** Where SQLite makes one by itself, in pages: only if the thread cannot keep up, or is not there. */
const FALLBACK_PAGES = 16_000;
/** Pages that a commit writes beside its entries. */
const COMMIT_BYTES = 3 * 4096;

/**
 * Brings what commits wrote from the write-ahead log into the file, in a thread of its own: most of it is waiting for the
 * disk, some tens of milliseconds in which no webhook would be answered. What is written meanwhile, which is little, is
 * brought along here afterwards, so that the write-ahead log begins anew.
 */
export class Checkpoints implements AsyncDisposable {
  private readonly path: string;
  private readonly log: Logger;
  private readonly rest: StatementSync;
  private worker: Worker | null = null;
  private state: 'ready' | 'running' | 'off' = 'ready';
  private writtenBytes = 0;

  /** @param path Of the file; the thread is started when there is something to do. */
  constructor(database: DatabaseSync, path: string, log: Logger) {
    this.path = path;
    this.log = log;
    this.rest = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
    if (path === ':memory:') this.state = 'off';
    else database.exec(`PRAGMA wal_autocheckpoint = ${FALLBACK_PAGES}`);
  }

  /** Told of each commit. */
  committed(entryBytes: number): void {
    this.writtenBytes += entryBytes + COMMIT_BYTES;
    if (this.writtenBytes < DUE_BYTES || this.state !== 'ready') return;
    this.writtenBytes = 0;
    this.state = 'running';
    this.worker ??= this.start();
    this.worker.postMessage(null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.state = 'off';
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: this.path });
    worker.on('message', () => this.finish());
    worker.on('error', (error) => this.giveUp(error));
    worker.unref();
    return worker;
  }

  private finish(): void {
    if (this.state !== 'running') return;
    this.state = 'ready';
    try {
      this.rest.get();
    } catch (error) {
      this.giveUp(error);
    }
  }

  /** SQLite does it by itself from now on, when there is more of it. */
  private giveUp(err: unknown): void {
    this.log.warn({ err }, 'the log is brought to its file without a thread of its own');
    this.state = 'off';
  }
}
