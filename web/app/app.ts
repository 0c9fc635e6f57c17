import { Component, type ElementRef, inject, viewChild } from '@angular/core';
import { RouterOutlet } from '@angular/router';

import { AboutDialog } from './shell/about-dialog';
import { CommandPalette } from './shell/palette/command-palette';
import { CurrentPage } from './shell/current-page';
import { FrameOverlays } from './shell/frame-overlays';
import { Header } from './shell/header';
import { KeyboardMap } from './shell/keyboard-map';
import { LastAppMemory } from './shell/last-app-memory';
import { Leaving } from './shell/leaving';
import { PageFocus } from './shell/page-focus';
import { SessionExpiry } from './shell/session-expiry';
import { SessionWarning } from './shell/session-warning';
import { SessionWatch } from './shell/session-watch';
import { SignOutQuestion } from './shell/sign-out-question';
import { ThemeChoice } from './shell/theme-choice';
import { MissingPart } from './ui/missing-part';
import { ToastOutlet } from './ui/toast-outlet';
import { turnsSinceDrawn } from './ui/turns';

/** The frame: header, the page of the current route, toasts. */
@Component({
  selector: 'app-root',
  imports: [
    AboutDialog,
    CommandPalette,
    Header,
    KeyboardMap,
    MissingPart,
    RouterOutlet,
    SessionWarning,
    SignOutQuestion,
    ToastOutlet,
  ],
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  protected readonly turn = turnsSinceDrawn(1);
  protected readonly page = inject(CurrentPage);
  protected readonly overlays = inject(FrameOverlays);
  protected readonly expiry = inject(SessionExpiry);
  protected readonly leaving = inject(Leaving);

  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  constructor() {
    inject(ThemeChoice);
    inject(PageFocus).start();
    inject(SessionWatch).start();
    this.expiry.start();
    this.overlays.start();
    inject(LastAppMemory).start();
  }

  /** By script, because `#main` would be resolved against the base URL and leave the page. */
  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }
}
