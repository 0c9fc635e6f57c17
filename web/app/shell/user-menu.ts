import { BreakpointObserver } from '@angular/cdk/layout';
import { Component, afterNextRender, computed, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

import { SignedInUser } from '../bridge/signed-in-user';
import { Icon } from '../ui/icon';
import { CurrentUrl } from './current-url';
import { FrameOverlays } from './frame-overlays';
import { CONTROL_KEY } from './keys';
import { Leaving } from './leaving';
import { SECTION_LINKS, sectionOf } from './sections';
import { ThemeChoice, type Theme } from './theme-choice';
import { UserFace } from './user-face';

/**
 * Who is signed in, the theme, the way out, and on a small screen the navigation.
 *
 * Loaded when it is asked for, so it opens as soon as it is there.
 */
@Component({
  selector: 'app-user-menu',
  imports: [Icon, MatDivider, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, UserFace],
  templateUrl: './user-menu.html',
  styleUrls: ['./user-menu.scss', './user-button.scss'],
})
export class UserMenu {
  protected readonly user = inject(SignedInUser).user;
  protected readonly choice = inject(ThemeChoice);
  protected readonly leaving = inject(Leaving);
  protected readonly overlays = inject(FrameOverlays);

  private readonly trigger = viewChild.required(MatMenuTrigger);

  private readonly breakpoint = toSignal(inject(BreakpointObserver).observe(NARROW), { requireSync: true });

  protected readonly links = SECTION_LINKS;
  private readonly currentUrl = inject(CurrentUrl);
  protected readonly section = computed(() => sectionOf(this.currentUrl.url()));
  /** The header has no room for the navigation. Links that were only hidden would still take the menu's focus. */
  protected readonly isNarrow = computed(() => this.breakpoint().matches);
  protected readonly themes = THEMES;
  protected readonly control = CONTROL_KEY;
  protected readonly label = computed(() => {
    const user = this.user();
    return user === null ? '' : `${user.account} · ${user.loginName}`;
  });

  constructor() {
    afterNextRender({ write: () => this.trigger().openMenu() });
  }

  protected chooseTheme(event: Event, theme: Theme): void {
    // The menu stays open, so that the choice can be seen and changed.
    event.stopPropagation();
    this.choice.choose(theme);
  }

  protected toggleContrast(event: Event): void {
    event.stopPropagation();
    this.choice.toggleHighContrast();
  }
}

const NARROW = '(max-width: 767px)';

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'auto', label: $localize`Theme: system` },
  { theme: 'light', label: $localize`Theme: light` },
  { theme: 'dark', label: $localize`Theme: dark` },
];
