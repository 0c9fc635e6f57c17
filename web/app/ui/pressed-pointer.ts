import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

/**
 * Whether a mouse's first button, a pen or a finger is down. What appears meanwhile would move the button away from under
 * it, and the click would be lost: it ends beside where it began.
 */
@Service()
export class PressedPointer {
  private readonly pointers = new Set<number>();
  private readonly pressed = signal<EventTarget | null>(null);

  readonly isPressed = computed(() => this.pressed() !== null);

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

  /** Whether what is pressed stands in `place`. */
  isIn(place: HTMLElement): boolean {
    const pressed = this.pressed();
    return pressed instanceof Node && place.contains(pressed);
  }

  private press({ button, pointerId, target }: PointerEvent): void {
    // Another button clicks nothing.
    if (button !== 0) return;
    this.pointers.add(pointerId);
    this.pressed.set(target);
  }

  /** A click follows its pointer's end in the same turn. */
  private release(pointerId: number): void {
    setTimeout(() => {
      this.pointers.delete(pointerId);
      if (this.pointers.size === 0) this.pressed.set(null);
    });
  }

  private releaseAll(): void {
    this.pointers.clear();
    this.pressed.set(null);
  }
}
