import { Component, computed, inject } from '@angular/core';

import { SignedInUser } from '../bridge/signed-in-user';
import { Icon } from '../ui/icon';

/** What stands on the button of the user menu: who is signed in, or the sign of a menu. */
@Component({
  selector: 'app-user-face',
  imports: [Icon],
  template: `@if (user()) {
      <span class="label">{{ label() }}</span>
      <app-icon class="wide" name="chevronDown" />
      <span i18n class="visually-hidden">, menu</span>
      <app-icon class="narrow" name="menu" />
    } @else {
      <span i18n class="visually-hidden">Menu</span>
      <app-icon name="menu" />
    }`,
  styles: `
    :host {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
    }
    .label {
      max-width: 24ch;
      overflow: hidden;
      text-overflow: ellipsis;
      line-height: 1.4;
      white-space: nowrap;
    }
    .narrow {
      display: none;
    }
    @media (max-width: 1199px) {
      .label {
        max-width: 20ch;
      }
    }
    @media (max-width: 767px) {
      .narrow {
        display: flex;
      }
      .label,
      .wide {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
  `,
})
export class UserFace {
  protected readonly user = inject(SignedInUser).user;
  protected readonly label = computed(() => {
    const user = this.user();
    return user === null ? '' : `${user.account} · ${user.loginName}`;
  });
}
