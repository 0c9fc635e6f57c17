import { DestroyRef, Service, inject, signal } from '@angular/core';

/**
 * Whether a mouse's first button, a pen or a finger is down. What appears meanwhile would move the button away from under
 * it, and the click would be lost: it ends beside where it began.
 */
@Service()
export class PressedPointer {
  private readonly pointers = new Set<number>();
  private readonly pressed = signal(false);

  readonly isPressed = this.pressed.asReadonly();

  constructor() {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    document.addEventListener('pointerdown', (event) => this.press(event), options);
    for (const end of ['pointerup', 'pointercancel'] as const) {
      document.addEventListener(end, ({ pointerId }) => this.release(pointerId), options);
    }
    // No click follows, and the pointer's end may never be told.
    for (const name of ['contextmenu', 'keydown', 'visibilitychange']) {
      document.addEventListener(name, () => this.releaseAll(), options);
    }
    window.addEventListener('blur', ({ target }) => target === window && this.releaseAll(), options);
    inject(DestroyRef).onDestroy(() => listening.abort());
  }

  private press({ button, pointerId }: PointerEvent): void {
    // Another button clicks nothing.
    if (button !== 0) return;
    this.pointers.add(pointerId);
    this.pressed.set(true);
  }

  /** A click follows its pointer's end in the same turn. */
  private release(pointerId: number): void {
    setTimeout(() => {
      this.pointers.delete(pointerId);
      this.pressed.set(this.pointers.size > 0);
    });
  }

  private releaseAll(): void {
    this.pointers.clear();
    this.pressed.set(false);
  }
}
