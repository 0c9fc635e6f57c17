import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { SignedInUser } from '../bridge/signed-in-user';
import { MissingPart } from '../ui/missing-part';
import { ConnectionChip } from './connection-chip';
import { CurrentUrl } from './current-url';
import { EnvironmentChip } from './environment-chip';
import { SECTION_LINKS, sectionOf } from './sections';
import { UserFace } from './user-face';
import { UserMenu } from './user-menu';

/** The bar above every page. */
@Component({
  selector: 'app-header',
  imports: [ConnectionChip, EnvironmentChip, MissingPart, RouterLink, UserFace, UserMenu],
  templateUrl: './header.html',
  styleUrls: ['./header.scss', './user-button.scss'],
})
export class Header {
  private readonly currentUrl = inject(CurrentUrl);

  protected readonly user = inject(SignedInUser).user;
  /** The menu is loaded when somebody asks for it. */
  protected readonly isMenuWanted = signal(false);
  protected readonly links = SECTION_LINKS;
  protected readonly section = computed(() => sectionOf(this.currentUrl.url()));
}
