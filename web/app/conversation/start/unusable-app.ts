import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { EmptyState } from '../../ui/empty-state';
import { ConversationsStore } from '../conversations-store';
import type { AppObstacle } from './app-standing';

const WORDS: Readonly<Record<AppObstacle, { readonly heading: string; readonly next: string }>> = {
  unknown: {
    heading: $localize`There is no such app`,
    next: $localize`It may have been uninstalled, or belong to another account.`,
  },
  disabled: {
    heading: $localize`This app is disabled`,
    next: $localize`No conversation can be opened for it. Enable it, or choose another one; its conversations can still be read.`,
  },
  'no-connector': {
    heading: $localize`This app does not use the Connector API`,
    next: $localize`It cannot act for consumers (a scope is missing), so no conversation can be opened for it. Choose another app.`,
  },
};

/** Stands where the first message would be written to an app that can take none. */
@Component({
  selector: 'app-unusable-app',
  imports: [EmptyState, MatButton, RouterLink],
  template: `<app-empty-state icon="alert" [heading]="words().heading" [level]="level()">
    @if (obstacle() === 'unknown') {
      <span i18n
        >The account has no app with the id <code class="id">{{ conversations.appKey() }}</code>.</span
      >
    }
    {{ words().next
    }}<a i18n action matButton="filled" routerLink="/apps">Back to the apps</a></app-empty-state
  >`,
  styles: `
    :host {
      display: grid;
      flex: 1;
      min-height: 0;
      overflow-y: auto;
    }
    // Breaks only where it is longer than the line.
    .id {
      display: inline-block;
      max-width: 100%;
      overflow-wrap: anywhere;
    }
  `,
})
export class UnusableApp {
  protected readonly conversations = inject(ConversationsStore);

  readonly obstacle = input.required<AppObstacle>();
  readonly level = input(3);

  protected readonly words = computed(() => WORDS[this.obstacle()]);
}
