import type { ElementRef } from '@angular/core';
import { Component, inject, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { Icon } from '../../ui/icon';
import { ACCEPTED_TYPES, RULE_WORDS, SHORT_RULE_WORDS } from './file-rules';
import { FileUploads } from './file-uploads';

/** Chooses pictures to share; says before which ones can be. */
@Component({
  selector: 'app-file-button',
  imports: [Icon, MatIconButton],
  template: `<button
      type="button"
      matIconButton
      disabledInteractive
      [attr.aria-label]="label"
      [attr.title]="uploads.obstacle() ?? label"
      [disabled]="uploads.obstacle() !== null"
      (click)="choose()"
    >
      <app-icon name="clip" />
    </button>
    @if (uploads.obstacle() === null) {
      <span class="rules" aria-hidden="true">{{ rules }}</span>
      <span class="rules short" aria-hidden="true">{{ shortRules }}</span>
    }
    <input
      #chooser
      class="visually-hidden"
      type="file"
      multiple
      tabindex="-1"
      aria-hidden="true"
      [accept]="accepted"
      (change)="take()"
    />`,
  styles: `
    :host {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
      min-width: 0;
      margin-inline-end: auto;
    }
    .rules {
      overflow: hidden;
      color: var(--text-faint);
      font-size: var(--text-xs);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .short {
      display: none;
    }
    @container (max-width: 390px) {
      .rules {
        display: none;
      }
      .short {
        display: inline;
      }
    }
    // It would push the button that sends to a line of its own.
    @container (max-width: 330px) {
      .short {
        display: none;
      }
    }
  `,
})
export class FileButton {
  protected readonly uploads = inject(FileUploads);

  private readonly chooser = viewChild.required<ElementRef<HTMLInputElement>>('chooser');

  protected readonly accepted = ACCEPTED_TYPES;
  protected readonly rules = RULE_WORDS;
  protected readonly shortRules = SHORT_RULE_WORDS;
  protected readonly label = $localize`Share a picture: ${RULE_WORDS}`;

  protected choose(): void {
    if (this.uploads.obstacle() === null) this.chooser().nativeElement.click();
  }

  protected take(): void {
    const chooser = this.chooser().nativeElement;
    const files = [...(chooser.files ?? [])];
    // The same file may be chosen twice in a row.
    chooser.value = '';
    void this.uploads.add(files);
  }
}
