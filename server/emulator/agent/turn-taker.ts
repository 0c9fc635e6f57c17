import type { ConversationId } from '#protocol/identifiers';

import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { EmulatorLog } from '../emulator-log.ts';

export interface TurnTakerDeps<Input> {
  readonly clock: Clock;
  readonly log: EmulatorLog;
  readonly conversationId: ConversationId;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Answers what came in; whether the turn was played to its end. */
  readonly takeTurn: (inputs: readonly Input[]) => Promise<boolean>;
}

/** Collects what comes in while somebody is busy, and has it answered in turns, one at a time. */
export class TurnTaker<Input> {
  private waiting: Input[] = [];
  private isBusy = false;
  private patience: AbortController | null = null;
  private readonly deps: TurnTakerDeps<Input>;

  constructor(deps: TurnTakerDeps<Input>) {
    this.deps = deps;
  }

  /**
   * Something came in. It is looked at later, never within this call.
   *
   * @param patienceMs Time to wait whether more comes; what comes without patience ends the wait.
   */
  notice(input: Input, patienceMs = 0): void {
    this.waiting.push(input);
    if (patienceMs === 0) this.patience?.abort();
    if (!this.isBusy) this.work(patienceMs).catch((err: unknown) => this.fail(err));
  }

  private async work(patienceMs: number): Promise<void> {
    const { clock, signal } = this.deps;
    this.isBusy = true;
    if (patienceMs > 0) await this.waitForMore(patienceMs);
    // What was written within the same moment is answered together.
    await pause(clock, 0, signal);
    for (let goesOn = true; goesOn && this.waiting.length > 0;) {
      const inputs = this.waiting;
      this.waiting = [];
      goesOn = await this.deps.takeTurn(inputs);
    }
    this.waiting = [];
    this.isBusy = false;
  }

  private async waitForMore(ms: number): Promise<void> {
    const { clock, signal } = this.deps;
    const patience = new AbortController();
    const end = (): void => patience.abort();
    signal.addEventListener('abort', end, { once: true });
    this.patience = patience;
    await pause(clock, ms, patience.signal);
    this.patience = null;
    signal.removeEventListener('abort', end);
  }

  /** A script that throws costs its turn, not the emulator. */
  private fail(err: unknown): void {
    this.isBusy = false;
    const { log, conversationId } = this.deps;
    log.error({ err, conversationId }, 'agent failed');
  }
}
