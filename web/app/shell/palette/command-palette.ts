import {
  Component,
  type ElementRef,
  afterNextRender,
  computed,
  inject,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';

import { Icon } from '../../ui/icon';
import type { Command } from '../../ui/page-commands';
import { FrameOverlays } from '../frame-overlays';
import { Commands, found } from './commands';

/** Ctrl/Cmd+K: type a few letters, press Enter. A combobox whose list is the commands. */
@Component({
  selector: 'app-command-palette',
  imports: [Icon],
  providers: [Commands],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.scss',
})
export class CommandPalette {
  private readonly overlays = inject(FrameOverlays);
  protected readonly commands = inject(Commands);

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly search = signal('');
  protected readonly shown = computed(() => found(this.commands.all(), this.search()));
  /** Position of the command that Enter runs: the best fit, until somebody goes to another; that stays it, whatever comes. */
  protected readonly position = linkedSignal<Found, number>({
    source: () => ({ search: this.search(), shown: this.shown() }),
    computation: ({ search, shown }, before) => {
      if (before?.source.search !== search || before.value === 0) return 0;
      const chosen = before.source.shown[before.value]?.id;
      return Math.max(
        0,
        shown.findIndex(({ id }) => id === chosen),
      );
    },
  });
  protected readonly current = computed(() => this.shown()[this.position()] ?? null);

  constructor() {
    void this.commands.readApps();
    afterNextRender({ write: () => this.open() });
  }

  protected searchFor(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search.set(event.target.value);
  }

  protected move(event: KeyboardEvent): void {
    const last = this.shown().length - 1;
    const next = { ArrowDown: this.position() + 1, ArrowUp: this.position() - 1 }[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.position.set(next > last ? 0 : next < 0 ? last : next);
    const { nativeElement: dialog } = this.dialog();
    dialog.querySelectorAll('[role="option"]').item(this.position()).scrollIntoView({ block: 'nearest' });
  }

  protected run(command: Command | null): void {
    if (command === null) return;
    this.dialog().nativeElement.close();
    command.run();
  }

  private open(): void {
    this.dialog().nativeElement.showModal();
    for (const key of this.overlays.arrive()) this.press(key);
  }

  /** As the field takes it, for what was typed before there was a field. */
  private press(key: string): void {
    if (key === 'Enter') this.run(this.current());
    else this.search.update((search) => (key === 'Backspace' ? search.slice(0, -1) : search + key));
  }

  protected settle(): void {
    // A command may have opened the other overlay.
    if (this.overlays.current() === 'palette') this.overlays.close();
  }
}

interface Found {
  readonly search: string;
  readonly shown: readonly Command[];
}
