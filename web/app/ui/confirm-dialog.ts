import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, type ElementRef, inject, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { openModal } from './open-modal';

/** Asks before something that cannot be taken back. What it means stands between the tags. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButton],
  template: `<dialog
    #dialog
    class="modal dialog"
    [attr.aria-labelledby]="id + '-heading'"
    [attr.aria-describedby]="id + '-text'"
    (close)="dismiss()"
  >
    <h2 [id]="id + '-heading'">{{ heading() }}</h2>
    <div [id]="id + '-text'" class="text"><ng-content /></div>
    <div class="buttons">
      <button type="button" matButton="outlined" (click)="answer(false)">{{ cancelLabel() }}</button>
      <button type="button" matButton="filled" [class.danger]="isDangerous()" (click)="answer(true)">
        {{ confirmLabel() }}
      </button>
    </div>
  </dialog>`,
  styleUrl: './confirm-dialog.scss',
})
export class ConfirmDialog {
  readonly heading = input.required<string>();
  readonly confirmLabel = input.required<string>();
  readonly cancelLabel = input($localize`Cancel`);
  readonly isDangerous = input(false);

  /** A page may have several of these. */
  protected readonly id = inject(_IdGenerator).getId('confirm-');
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private tell: (isConfirmed: boolean) => void = () => undefined;

  /** Opens the dialog; resolves with whether the person confirmed. Escape means no. */
  ask(): Promise<boolean> {
    this.tell(false);
    const { nativeElement: dialog } = this.dialog();
    // Asked again, it would stay behind what was opened since.
    dialog.close();
    openModal(dialog);
    return new Promise((resolve) => (this.tell = resolve));
  }

  protected answer(isConfirmed: boolean): void {
    this.dialog().nativeElement.close();
    this.tell(isConfirmed);
  }

  /** The browser tells late that the dialog closed: by then it may ask the next question. */
  protected dismiss(): void {
    if (!this.dialog().nativeElement.open) this.tell(false);
  }
}
