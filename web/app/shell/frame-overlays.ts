import { DestroyRef, Service, inject, signal } from '@angular/core';

import { Shortcuts } from '../ui/shortcuts';
import { TypedAhead } from './typed-ahead';

export type FrameOverlay = 'palette' | 'keyboard' | 'about';

/** Heading of the keys that work on every page. */
export const EVERYWHERE = $localize`Everywhere`;

/** What the frame can lay over any page: the command palette, the keyboard map, and what this is. */
@Service()
export class FrameOverlays {
  private readonly shortcuts = inject(Shortcuts);

  private readonly opened = signal<FrameOverlay | null>(null);

  /** While what was opened is still being loaded. */
  private typed: TypedAhead | null = null;

  readonly current = this.opened.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.arrive());
  }

  /** Lets the keys open them; called once by the root. */
  start(): void {
    this.shortcuts.register(
      {
        key: '?',
        words: $localize`Show this map`,
        group: EVERYWHERE,
        run: () => this.open('keyboard'),
      },
      {
        ...{
          key: 'k',
          withControl: true,
          words: $localize`Find a page, an app or a command`,
          group: EVERYWHERE,
        },
        run: () => this.open('palette'),
      },
      { key: '↑ ↓', words: $localize`Previous and next entry of a menu`, group: EVERYWHERE },
      { key: 'Esc', words: $localize`Close a menu or a dialog`, group: EVERYWHERE },
    );
  }

  open(overlay: FrameOverlay): void {
    this.typed ??= new TypedAhead(() => this.close());
    this.opened.set(overlay);
  }

  /** What was opened has the keyboard now. @returns the keys that were pressed before */
  arrive(): readonly string[] {
    const keys = this.typed?.end() ?? [];
    this.typed = null;
    return keys;
  }

  close(): void {
    this.arrive();
    this.opened.set(null);
  }
}
