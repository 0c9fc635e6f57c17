import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Icon } from '../../ui/icon';
import { allChosen, proposedChoices, type Choices, type Side } from '../manifest/manifest-diff';
import { pathWords, valueWords } from '../manifest/path-words';
import type { Conflict } from './app-saver';

/** A newer version of the app, field by field beside what was edited here: the person chooses. */
@Component({
  selector: 'app-conflict-panel',
  imports: [Icon, MatButton],
  templateUrl: './conflict-panel.html',
  styleUrl: './conflict-panel.scss',
})
export class ConflictPanel {
  readonly conflict = input.required<Conflict>();
  readonly isSaving = input(false);
  readonly saveRequested = output<Choices>();
  readonly editRequested = output<Choices>();

  protected readonly choices = linkedSignal<Choices>(() => proposedChoices(this.conflict().differences));
  protected readonly rows = computed(() =>
    this.conflict().differences.map(({ id, path, base, mine, theirs, isContested }) => ({
      ...{ id, isContested, name: pathWords(path) },
      ...{ base: valueWords(base), mine: valueWords(mine), theirs: valueWords(theirs) },
      choice: this.choices()[id],
    })),
  );

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef);
    afterNextRender({ write: () => host.nativeElement.querySelector<HTMLElement>('h2')?.focus() });
  }

  protected choose(id: string, side: Side): void {
    this.choices.update((choices) => ({ ...choices, [id]: side }));
  }

  protected chooseAll(side: Side): void {
    this.choices.set(allChosen(this.conflict().differences, side));
  }
}
