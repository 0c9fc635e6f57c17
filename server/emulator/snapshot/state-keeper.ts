import { systemClock } from '../clock.ts';
import type { Clock, Scheduled } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import { writeWhole } from './snapshot-file.ts';

/** A burst of changes is written once, this long after its first. */
const WRITE_AFTER_MS = 1000;

export interface StateKeeperDeps {
  readonly file: string;
  /** The content of the file as it should be now. */
  readonly content: () => string;
  readonly log: EmulatorLog;
  /** The machine's: no virtual time keeps a file waiting. */
  readonly machine?: Pick<Clock, 'schedule'>;
}

/** Keeps a file up to date with what changes. A write that fails is told and tried again with the next change. */
export class StateKeeper {
  private readonly deps: StateKeeperDeps;
  private waiting: Scheduled | null = null;
  private lastWrite: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(deps: StateKeeperDeps) {
    this.deps = deps;
  }

  /** Something has changed. */
  touch(): void {
    if (this.waiting || this.isClosed) return;
    const { machine = systemClock } = this.deps;
    this.waiting = machine.schedule(WRITE_AFTER_MS, () => this.write());
  }

  /** Writes what has not been written yet, and nothing afterwards. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.waiting) this.write();
    await this.lastWrite;
  }

  private write(): void {
    this.waiting?.cancel();
    this.waiting = null;
    const { file, content, log } = this.deps;
    const state = content();
    this.lastWrite = this.lastWrite
      .then(() => writeWhole(file, state))
      .catch((err: unknown) => log.error({ err, file }, 'emulator state could not be written'));
  }
}
