import { Service, computed, signal } from '@angular/core';

import type { IconName } from './icon';

/** Something that the command palette can do. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Set apart and searched too, e.g. the app's name. */
  readonly about: string;
  readonly icon: IconName;
  /** What it chooses is what holds now. */
  readonly isOn?: boolean;
  /** One of so many that it shows only when something was typed. */
  readonly isOnlyFound?: boolean;
  readonly run: () => unknown;
}

/** What the page on the screen adds to the command palette. */
@Service()
export class PageCommands {
  private readonly sources = signal<readonly (() => readonly Command[])[]>([]);

  readonly all = computed(() => this.sources().flatMap((source) => source()));

  /** @returns Takes them away again; a page calls it with its `DestroyRef`. */
  register(source: () => readonly Command[]): () => void {
    this.sources.update((present) => [...present, source]);
    return () => this.sources.update((present) => present.filter((each) => each !== source));
  }
}
