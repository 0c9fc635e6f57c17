import { Service, inject, signal } from '@angular/core';

import { Shortcuts } from '../ui/shortcuts';

export type FrameOverlay = 'palette' | 'keyboard' | 'about';

/** Heading of the keys that work on every page. */
export const EVERYWHERE = $localize`Everywhere`;

/** What the frame can lay over any page: the command palette, the keyboard map, and what this is. */
@Service()
export class FrameOverlays {
  private readonly shortcuts = inject(Shortcuts);

  private readonly opened = signal<FrameOverlay | null>(null);

  readonly current = this.opened.asReadonly();

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
    this.opened.set(overlay);
  }

  close(): void {
    this.opened.set(null);
  }
}
