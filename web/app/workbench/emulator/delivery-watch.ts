import { Service, computed, inject, signal } from '@angular/core';

import type { EmulatorDeliveries } from '#protocol/emulator-controls';

import { EmulatorClient } from '../../bridge/emulator-client';
import { wordsOf, type FailureWords } from '../../bridge/failure-words';
import { Glance } from './glance';

/** What is not taken reaches no log of ours: only asking tells. */
const LOOK_EVERY_MS = 2_000;

/** What becomes of the webhooks, as long as somebody wants to know. Lives as long as the sheet that provides it. */
@Service({ autoProvided: false })
export class DeliveryWatch {
  private readonly client = inject(EmulatorClient);

  private readonly told = signal<EmulatorDeliveries | null>(null);
  private readonly lastFailure = signal<FailureWords | null>(null);
  private readonly failedOnly = signal(false);
  private readonly glance = new Glance(() => this.ask(), {
    apply: ({ told, isFailedOnly }) => {
      this.lastFailure.set(null);
      // Of another choice than the one in force: its own answer is on the way.
      if (isFailedOnly === this.failedOnly()) this.told.set(told);
    },
    fail: (failure) => this.lastFailure.set(wordsOf(failure)),
  });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private started = 0;

  /** Newest first; `null` until they are known. */
  readonly deliveries = computed(() => this.told()?.deliveries ?? null);
  /** Whether they are of more than one app, so that each has to say of which. */
  readonly isOfSeveralApps = computed(() => new Set(this.deliveries()?.map(({ app }) => app.id)).size > 1);
  /** Those that should be looked after. */
  readonly apps = computed(() => this.told()?.apps ?? []);
  /** How many of them, and of their endpoints, there are. */
  readonly troubles = computed(() =>
    this.apps().reduce((sum, { isFailing, endpoints }) => sum + Number(isFailing) + endpoints.length, 0),
  );
  /** Why they could not be asked for just now; `null`: they could. */
  readonly failure = this.lastFailure.asReadonly();
  readonly isFailedOnly = this.failedOnly.asReadonly();

  /** Looks now, and another moment after each answer until {@link stop}. */
  start(): void {
    this.stop();
    void this.goOn(this.started);
  }

  stop(): void {
    this.started += 1;
    clearTimeout(this.timer);
  }

  /** Asks for failures alone, or for everything. */
  narrow(isFailedOnly: boolean): void {
    this.failedOnly.set(isFailedOnly);
    void this.look();
  }

  look(): Promise<void> {
    return this.glance.now();
  }

  private async goOn(started: number): Promise<void> {
    if (!document.hidden) await this.look();
    if (started === this.started) this.timer = setTimeout(() => void this.goOn(started), LOOK_EVERY_MS);
  }

  private async ask(): Promise<{ readonly told: EmulatorDeliveries; readonly isFailedOnly: boolean }> {
    const isFailedOnly = this.failedOnly();
    return { told: await this.client.deliveries(isFailedOnly), isFailedOnly };
  }
}
