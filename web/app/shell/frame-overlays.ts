import { Service, inject, signal } from '@angular/core';

import { Shortcuts } from '../ui/shortcuts';

/** What the frame can lay over any page: the command palette and the keyboard map. */
@Service()
export class FrameOverlays {
  private readonly shortcuts = inject(Shortcuts);

  private readonly opened = signal<'palette' | 'keyboard' | null>(null);

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

  open(overlay: 'palette' | 'keyboard'): void {
    this.opened.set(overlay);
  }

  close(): void {
    this.opened.set(null);
  }
}
