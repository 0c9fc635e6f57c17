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
  template: `<span i18n class="wide">account {{ account() }}</span>
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
    <span class="counts tabular"
      ><span i18n>{events(), plural, =1 {1 webhook} other {{{ events() }} webhooks}}</span
      ><span i18n>{requests(), plural, =1 {1 request} other {{{ requests() }} requests}}</span></span
    >
    @if (isEmulated()) {
      <app-emulator-sheet />
    }`,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-4);
      align-items: center;
      align-content: start;
      position: relative;
      height: 28px;
      overflow: hidden;
      padding-inline: var(--space-4);
      border-top: 1px solid var(--line);
      background: var(--surface);
      color: var(--text-muted);
      font-size: var(--text-xs);
      white-space: nowrap;
    }
    /* What does not fit goes to a second line, which is out of sight as a whole. */
    :host > * {
      height: 27px;
      line-height: 27px;
    }
    .id {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
    }
    .app-line {
      min-width: 0;
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
    /* Takes what is left of the line, and gives way to the button behind it. */
    .counts {
      display: flex;
      flex: 1 1 0;
      gap: var(--space-4);
      min-width: 0;
      overflow: hidden;
    }
    .counts > :first-child {
      flex: none;
      margin-inline-start: auto;
    }
    .counts > :last-child {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 700px) {
      :host,
      .counts {
        gap: 0 var(--space-2);
      }
      /* So much that the id goes to the second line before they are cut. */
      .counts {
        flex-basis: 150px;
      }
      .wide {
        display: none;
      }
      /* What it names is in the address and in the state, too. */
      .id {
        order: 1;
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
