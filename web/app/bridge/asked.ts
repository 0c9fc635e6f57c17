import { signal } from '@angular/core';

import { wordsOf, type FailureWords } from './failure-words';

/** An answer of the bridge as a screen shows it: on its way, there, or refused with words. */
export class Asked<Value> {
  private readonly answer = signal<Value | null>(null);
  private readonly loading = signal(false);
  private readonly refusal = signal<FailureWords | null>(null);
  private readonly answered = signal<number | null>(null);
  private turn = 0;

  /** The last good answer; a refused later try keeps it. `null` before the first. */
  readonly value = this.answer.asReadonly();
  readonly isLoading = this.loading.asReadonly();
  /** Why the last try was refused; `null` when it was not. */
  readonly failure = this.refusal.asReadonly();

  /** When the last good answer to a question came, in epoch milliseconds; `null` before the first. */
  readonly answeredAt = this.answered.asReadonly();

  /** Asks; a later question makes the answer to an earlier one void. Whether this one was taken: else there is nothing new. */
  async ask(question: () => Promise<Value>): Promise<boolean> {
    const turn = ++this.turn;
    this.loading.set(true);
    try {
      const value = await question();
      if (turn !== this.turn) return false;
      this.answer.set(value);
      this.answered.set(Date.now());
      this.refusal.set(null);
      return true;
    } catch (failure) {
      if (turn === this.turn) this.refusal.set(wordsOf(failure));
      return false;
    } finally {
      if (turn === this.turn) this.loading.set(false);
    }
  }

  /** Takes a value that came another way, such as the answer of a change. */
  take(value: Value): void {
    this.turn++;
    this.answer.set(value);
    this.loading.set(false);
    this.refusal.set(null);
  }

  forget(): void {
    this.turn++;
    this.answer.set(null);
    this.answered.set(null);
    this.loading.set(false);
    this.refusal.set(null);
  }
}
