import { Service, inject, signal } from '@angular/core';

import { Shortcuts } from '../ui/shortcuts';

export type FrameOverlay = 'palette' | 'keyboard' | 'about';

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
        group: $localize`Everywhere`,
        run: () => this.open('keyboard'),
      },
      {
        ...{
          key: 'k',
          withControl: true,
          words: $localize`Find a page, an app or a command`,
          group: $localize`Everywhere`,
        },
        run: () => this.open('palette'),
      },
    );
  }

  open(overlay: FrameOverlay): void {
    this.opened.set(overlay);
  }

  close(): void {
    this.opened.set(null);
  }
}
