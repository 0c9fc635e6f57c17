import { DestroyRef, Service, inject, signal } from '@angular/core';

/**
 * Whether a mouse button, pen or finger is down. What appears meanwhile would move the button away from under it, and the
 * click would be lost: it ends beside where it began.
 */
@Service()
export class PressedPointer {
  private readonly pressed = signal(false);

  readonly isPressed = this.pressed.asReadonly();

  constructor() {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    // A click follows its pointer's end in the same turn.
    const release = (): unknown => setTimeout(() => this.pressed.set(false));
    document.addEventListener('pointerdown', () => this.pressed.set(true), options);
    document.addEventListener('pointerup', release, options);
    document.addEventListener('pointercancel', release, options);
    inject(DestroyRef).onDestroy(() => listening.abort());
  }
}
