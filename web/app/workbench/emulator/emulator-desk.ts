import { InjectionToken, Service, computed, inject, signal } from '@angular/core';

import type { EmulatorFault, EmulatorPersona, EmulatorSettings } from '#protocol/emulator-controls';
import type { ConversationId } from '#protocol/identifiers';

import { EmulatorClient } from '../../bridge/emulator-client';
import { wordsOf, type FailureWords } from '../../bridge/failure-words';
import { Glance } from './glance';

/** For how long nothing is asked again after a look, however much happens. */
export const LOOK_REST_MS = new InjectionToken('rest after a look', { factory: () => 500 });

/** What the emulator was asked for and how it stands. Lives as long as the sheet that provides it. */
@Service({ autoProvided: false })
export class EmulatorDesk {
  private readonly client = inject(EmulatorClient);

  private readonly inForce = signal<readonly EmulatorFault[] | null>(null);
  private readonly set = signal<EmulatorSettings | null>(null);
  private readonly lastFailure = signal<FailureWords | null>(null);
  private readonly lookFailure = signal<FailureWords | null>(null);
  private readonly personaFailure = signal<FailureWords | null>(null);
  private readonly restMs = inject(LOOK_REST_MS);
  private readonly glance = new Glance(() => Promise.all([this.client.faults(), this.client.settings()]), {
    apply: ([faults, settings]) => {
      this.inForce.set(faults);
      this.set.set(settings);
      this.lookFailure.set(null);
    },
    fail: (failure) => this.lookFailure.set(wordsOf(failure)),
  });
  private readonly lastDone = signal('');
  private turn = Promise.resolve(true);

  /** `null` until they are known. */
  readonly faults = this.inForce.asReadonly();
  /** How the account is set; `null` until it is known. */
  readonly settings = this.set.asReadonly();
  /** Why something was not done, or cannot be known just now. */
  readonly failure = computed(() => this.lastFailure() ?? this.lookFailure() ?? this.personaFailure());
  /** What was done last, or what is missing for it, in words. */
  readonly told = this.lastDone.asReadonly();

  /** Nothing was asked for yet: what was told before is over. */
  async open(): Promise<void> {
    this.hush();
    await this.look();
  }

  /** Says why nothing was asked for, or what came of it later, in the place of what was done last. */
  tell(words: string): void {
    this.lastFailure.set(null);
    this.lastDone.set(words);
  }

  /** Where what was done last would be taken for something of the place, it is not told any longer. */
  hush(): void {
    this.lastFailure.set(null);
    this.lastDone.set('');
  }

  /** Looks which faults are left, and how the account is set. */
  look(): Promise<void> {
    return this.glance.now();
  }

  /** As {@link look}, for what happens many times at once. */
  lookSoon(): void {
    this.glance.soon(this.restMs);
  }

  /** Who answers in the conversation now; `null`: that could not be asked. */
  async persona(id: ConversationId): Promise<EmulatorPersona | null> {
    try {
      const persona = await this.client.persona(id);
      this.personaFailure.set(null);
      return persona;
    } catch (failure) {
      this.personaFailure.set(wordsOf(failure));
      return null;
    }
  }

  /** Does one thing after the other, in the order they are asked for, and tells what came of it; whether it was done. */
  async run(done: string, ask: (client: EmulatorClient) => Promise<void>): Promise<boolean> {
    this.hush();
    this.turn = this.turn.then(() => this.runNow(done, ask));
    const isDone = await this.turn;
    await this.look();
    return isDone;
  }

  private async runNow(done: string, ask: (client: EmulatorClient) => Promise<void>): Promise<boolean> {
    try {
      await ask(this.client);
      this.lastDone.set(done);
      return true;
    } catch (failure) {
      this.lastFailure.set(wordsOf(failure));
      return false;
    }
  }
}
