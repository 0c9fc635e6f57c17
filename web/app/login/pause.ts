import { DestroyRef, computed, inject, signal } from '@angular/core';

/** The seconds for which the server wants to be left alone, counted down; made where dependencies can be injected. */
export class Pause {
  private readonly leftMs = signal(0);
  private ticking: ReturnType<typeof setInterval> | undefined;

  /** 0 when there is nothing to wait for. */
  readonly seconds = computed(() => Math.max(0, Math.ceil(this.leftMs() / 1000)));

  constructor() {
    inject(DestroyRef).onDestroy(() => clearInterval(this.ticking));
  }

  begin(seconds: number): void {
    const endsAt = Date.now() + seconds * 1000;
    const tick = (): void => {
      this.leftMs.set(endsAt - Date.now());
      if (this.leftMs() <= 0) clearInterval(this.ticking);
    };
    clearInterval(this.ticking);
    this.ticking = setInterval(tick, 250);
    tick();
  }
}
