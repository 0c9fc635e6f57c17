import { DOCUMENT, DestroyRef, Service, effect, inject, signal, untracked } from '@angular/core';

import { AutomaticSettings } from './automatic-settings';

/** What a person who is there does sooner or later. */
const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const;

/** Whether nobody has touched the page for as long as the settings say. */
@Service({ autoProvided: false })
export class IdleWatch {
  private readonly document = inject(DOCUMENT);
  private readonly settings = inject(AutomaticSettings);
  private readonly idle = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private touchedAt = Date.now();

  readonly isIdle = this.idle.asReadonly();

  constructor() {
    const ends = new AbortController();
    for (const name of SIGNS_OF_LIFE) {
      this.document.addEventListener(name, () => this.touched(), { passive: true, signal: ends.signal });
    }
    effect(() => {
      this.settings.current();
      untracked(() => {
        clearTimeout(this.timer);
        this.timer = undefined;
        this.touched();
      });
    });
    inject(DestroyRef).onDestroy(() => {
      ends.abort();
      clearTimeout(this.timer);
    });
  }

  private touched(): void {
    this.touchedAt = Date.now();
    this.idle.set(false);
    // One timer for many movements: it looks at the clock when it goes off.
    this.timer ??= this.wait();
  }

  private wait(): ReturnType<typeof setTimeout> | undefined {
    const { idle, idleAfterSeconds } = this.settings.current();
    if (!idle) return undefined;
    const left = this.touchedAt + idleAfterSeconds * 1_000 - Date.now();
    if (left <= 0) {
      this.idle.set(true);
      return undefined;
    }
    return setTimeout(() => (this.timer = this.wait()), left);
  }
}
