import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { SignedInUser } from '../bridge/signed-in-user';
import { CurrentUrl } from './current-url';

/** An address that leads nowhere. */
@Component({
  selector: 'app-not-found-page',
  imports: [MatButton, RouterLink],
  template: `<div class="page">
    <div class="page-head">
      <div>
        <h1 i18n>This page does not exist</h1>
        <p i18n>
          Nothing is at <code>{{ url() }}</code>. The address may be mistyped, or from an older version.
        </p>
      </div>
    </div>
    <p>
      @if (isSignedIn()) {
        <a i18n matButton="filled" routerLink="/apps">Go to apps</a>
      } @else {
        <a i18n matButton="filled" routerLink="/sign-in">Go to sign-in</a>
      }
    </p>
  </div>`,
  styles: `
    .page {
      --page-width: var(--page-wide);
    }
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class NotFoundPage {
  protected readonly url = inject(CurrentUrl).url;
  protected readonly isSignedIn = inject(SignedInUser).isSignedIn;
}
