import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ENDPOINT_WORDS } from '../../bridge/endpoint-words';
import { Icon } from '../../ui/icon';
import { ConversationsStore } from '../conversations-store';
import { AppStanding } from './app-standing';

/** Says before the first message that no notification of the app would come here, or which would not. Nothing is forbidden by it. */
@Component({
  selector: 'app-silent-app',
  imports: [Icon, RouterLink],
  template: `@if (silence(); as silence) {
    <div class="note note-warn">
      <app-icon name="alert" />
      <div class="words">
        <p>
          @if (silence.kind === 'elsewhere') {
            <strong i18n>The answers go elsewhere.</strong>
            <span i18n>
              This app’s notifications are delivered to {{ hosts() }}. What you write is sent, but unless that
              leads to this server, nothing of the agent appears here.</span
            >
          } @else if (silence.kind === 'partly') {
            <strong i18n>Not everything will show.</strong>
            <span i18n>
              Endpoints of this app that are not set: {{ unset() }}. What they would tell does not appear
              here.</span
            >
          } @else {
            <strong i18n>No answer will arrive.</strong>
            <span i18n>
              This app has no webhook endpoint. What you write is sent, but nothing of the agent appears
              here.</span
            >
          }
        </p>
        <a class="link" [routerLink]="['/apps', conversations.appKey(), 'setup']">
          @if (silence.kind === 'partly') {
            <ng-container i18n>Set them in Set-up</ng-container>
          } @else {
            <ng-container i18n>Use this server in Set-up</ng-container>
          }
        </a>
      </div>
    </div>
  }`,
  styles: `
    :host {
      display: block;
      max-width: 46ch;
      text-align: start;
    }
    :host:empty {
      display: none;
    }
    .words {
      display: grid;
      gap: var(--space-1);
      justify-items: start;
    }
  `,
})
export class SilentApp {
  protected readonly conversations = inject(ConversationsStore);

  protected readonly silence = inject(AppStanding).silence;
  protected readonly hosts = computed(() => {
    const silence = this.silence();
    return silence?.kind === 'elsewhere' ? silence.hosts.join(', ') : '';
  });
  protected readonly unset = computed(() => {
    const silence = this.silence();
    if (silence?.kind !== 'partly') return '';
    return silence.unset.map((type) => ENDPOINT_WORDS[type].name).join(', ');
  });
}
