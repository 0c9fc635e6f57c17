import { Component, computed, inject } from '@angular/core';

import { AppNames } from '../bridge/app-names';
import { SignedInUser } from '../bridge/signed-in-user';
import { ConversationStore } from '../conversation/conversation-store';
import { ConversationsStore } from '../conversation/conversations-store';
import { InspectorStore } from '../inspector/inspector-store';
import { CopyButton } from '../ui/copy-button';
import { EmulatorSheet } from './emulator/emulator-sheet';

/** The line at the bottom: whose account, which conversation, how much came. */
@Component({
  selector: 'app-status-bar',
  imports: [CopyButton, EmulatorSheet],
  template: `<div class="facts">
      <span i18n class="wide">account {{ account() }}</span>
      @if (id(); as id) {
        <span i18n class="id" [title]="id"
          >conversation <code>{{ shortId() }}</code><app-copy-button
            what="conversation id"
            i18n-what
            [source]="id"
        /></span>
      }
      @if (consumerId(); as consumer) {
        <span i18n class="id wide" [title]="consumer"
          >consumer <code>{{ consumer.slice(0, 8) }}</code><app-copy-button
            what="consumer id"
            i18n-what
            [source]="consumer"
        /></span>
      }
      @if (appName(); as name) {
        <span i18n class="id app-line wide" [title]="appKey()"
          >app <span class="app-name">{{ name }}</span><app-copy-button
            what="app id"
            i18n-what
            [source]="appKey()"
        /></span>
      } @else {
        <span i18n class="app wide" [title]="appKey()"
          >app <code>{{ appKey() }}</code></span
        >
      }
    </div>
    <span class="counts tabular"
      ><span i18n>{events(), plural, =1 {1 webhook} other {{{ events() }} webhooks}}</span
      ><span i18n>{requests(), plural, =1 {1 request} other {{{ requests() }} requests}}</span></span
    >
    @if (isEmulated()) {
      <app-emulator-sheet />
    }`,
  styles: `
    :host,
    .facts,
    .counts {
      display: flex;
      gap: 0 var(--gap);
    }
    :host {
      --gap: var(--space-4);

      align-items: center;
      position: relative;
      height: 28px;
      overflow: hidden;
      padding-inline: var(--space-4);
      border-top: 1px solid var(--line);
      background: var(--surface);
      color: var(--text-muted);
      font-size: var(--text-xs);
      line-height: 27px;
      white-space: nowrap;
    }
    /* Has what the counts and the button leave. What does not fit goes to a second line, which is out of sight as a whole. */
    .facts {
      flex: 1 1 0;
      flex-wrap: wrap;
      min-width: 0;
      height: 27px;
      overflow: hidden;
    }
    /* Holds the first line, so that its first fact gives way like the others. */
    .facts::before {
      content: '';
      height: 27px;
      margin-inline-end: calc(-1 * var(--gap));
    }
    .id {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
      height: 27px;
    }
    .app-name {
      max-width: 32ch;
      color: var(--text);
    }
    .app,
    .app-name {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .counts {
      min-width: 0;
    }
    app-emulator-sheet {
      flex: none;
      height: 27px;
    }
    .counts > :last-child {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 700px) {
      :host {
        --gap: var(--space-2);
      }
      /* The state says them, too. */
      .wide {
        display: none;
      }
    }
  `,
  host: { role: 'group', '[attr.aria-label]': 'label' },
})
export class StatusBar {
  private readonly signedIn = inject(SignedInUser);
  private readonly conversation = inject(ConversationStore);
  private readonly conversations = inject(ConversationsStore);
  private readonly names = inject(AppNames);
  private readonly inspector = inject(InspectorStore);

  protected readonly label = $localize`Status`;
  protected readonly isEmulated = computed(() => this.signedIn.user()?.isEmulated === true);
  protected readonly account = computed(() => this.signedIn.user()?.account ?? '');
  /** One that does not exist has no line here. */
  protected readonly id = computed(() => (this.conversation.isUnknown() ? null : this.conversation.id()));
  protected readonly shortId = computed(() => this.id()?.slice(0, 8) ?? '');
  protected readonly consumerId = computed(() => this.conversation.state()?.consumer?.consumerId ?? null);
  protected readonly appKey = computed(() => this.conversations.appKey() ?? '');
  /** Unknown where the app was never read in this browser. */
  protected readonly appName = computed(() => {
    const appKey = this.conversations.appKey();
    return appKey === null ? null : this.names.nameOf(appKey);
  });
  protected readonly events = this.inspector.webhookCount;
  protected readonly requests = this.inspector.requestCount;
}
