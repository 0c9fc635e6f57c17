import { Component, ElementRef, afterNextRender, computed, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { SignedInUser } from '../bridge/signed-in-user';
import { ThisServer } from '../bridge/this-server';
import { openModal } from '../ui/open-modal';
import { FrameOverlays } from './frame-overlays';

/** What this is, in which version, and where it gets to. */
@Component({
  selector: 'app-about-dialog',
  imports: [MatButton],
  templateUrl: './about-dialog.html',
  styleUrl: './about-dialog.scss',
})
export class AboutDialog {
  private readonly overlays = inject(FrameOverlays);
  private readonly about = inject(ThisServer).about;
  protected readonly user = inject(SignedInUser).user;

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly closing = viewChild.required<unknown, ElementRef<HTMLElement>>(MatButton, {
    read: ElementRef,
  });

  protected readonly version = computed(() => (this.about.hasValue() ? this.about.value().version : '…'));
  protected readonly emulator = computed(() => (this.about.hasValue() ? this.about.value().emulator : null));
  protected readonly directory = computed(() =>
    this.about.hasValue() ? this.about.value().directoryHost : '…',
  );
  protected readonly server = location.host;

  constructor() {
    afterNextRender({ write: () => this.open() });
  }

  protected settle(): void {
    if (this.overlays.current() === 'about') this.overlays.close();
  }

  /** It is there to be read: Enter closes it, and does not lead to another page. */
  private open(): void {
    openModal(this.dialog().nativeElement, this.closing().nativeElement);
    this.overlays.arrive();
  }
}
