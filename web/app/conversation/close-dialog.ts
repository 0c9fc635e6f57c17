import type { ElementRef } from '@angular/core';
import { Component, DestroyRef, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { openModal } from '../ui/open-modal';
import { PageCommands, type Command } from '../ui/page-commands';
import type { SurveyState } from './survey-state';

export type CloseMode = 'close' | 'survey';

/** Asks before a conversation is closed: a closed one never opens again. */
@Component({
  selector: 'app-close-dialog',
  imports: [MatButton],
  templateUrl: './close-dialog.html',
  styleUrl: './close-dialog.scss',
})
export class CloseDialog {
  /** Whether the command palette has it. */
  readonly isOffered = input(false);
  /** `null`: not known yet. */
  readonly survey = input<SurveyState | null>(null);
  readonly closeConfirmed = output<CloseMode>();

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly mode = signal<CloseMode>('close');
  /** Once it is closed, a survey cannot be asked for any more. */
  protected readonly hasMainDialog = computed(() => (this.survey()?.stage ?? 'none') === 'none');
  /** What stands in the way of a survey; `null`: nothing that is known here. */
  protected readonly missing = computed(() => {
    const features = this.survey()?.missingFeatures ?? [];
    return features.length === 0 ? null : features.join(', ');
  });

  private readonly command: Command = {
    ...{ id: 'close', label: $localize`Close conversation`, about: '', icon: 'chatEnd' },
    run: () => this.ask(),
  };

  constructor() {
    const offered = () => (this.isOffered() ? [this.command] : []);
    inject(DestroyRef).onDestroy(inject(PageCommands).register(offered));
  }

  ask(): void {
    this.mode.set('close');
    openModal(this.dialog().nativeElement);
  }

  protected confirm(event: Event): void {
    event.preventDefault();
    this.dialog().nativeElement.close();
    this.closeConfirmed.emit(this.mode());
  }

  protected cancel(): void {
    this.dialog().nativeElement.close();
  }
}
