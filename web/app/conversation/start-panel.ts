import { Component, computed, inject, model, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { AppNames } from '../bridge/app-names';
import { Icon } from '../ui/icon';
import { ConversationsStore } from './conversations-store';
import { ExampleWords } from './start/example-words';
import { NewConversationSheet } from './start/new-conversation-sheet';
import { missingForSurvey, optionsWords } from './start/options-draft';
import { SilentApp } from './start/silent-app';
import { StartOptions } from './start/start-options';

/** What stands where the messages will be: an invitation, and who the consumer is. */
@Component({
  selector: 'app-start-panel',
  imports: [ExampleWords, Icon, MatButton, NewConversationSheet, SilentApp],
  template: `<app-icon class="icon" name="chat" />
    <h2 i18n>Say hello</h2>
    @if (appName(); as app) {
      <p i18n>
        Your first message opens a conversation through <strong>{{ app }}</strong>,
        {isNewConsumer(), select, true {as a new consumer} other {as the consumer named below}}. Every call
        that leaves and every notification that comes back shows in the inspector.
      </p>
    } @else {
      <p i18n>
        Your first message opens a conversation
        {isNewConsumer(), select, true {as a new consumer} other {as the consumer named below}}. Every call
        that leaves and every notification that comes back shows in the inspector.
      </p>
    }
    <app-silent-app class="silent" />
    <div class="field">
      <label i18n class="field-label" for="consumer-name">Consumer name</label>
      <input
        id="consumer-name"
        class="input"
        type="text"
        autocomplete="off"
        maxlength="80"
        [value]="consumerName()"
        aria-describedby="consumer-name-hint"
        [attr.aria-invalid]="isNameless() ? true : null"
        (input)="rename($event)"
      />
      <span id="consumer-name-hint" role="status">
        @if (isNameless()) {
          <span i18n class="field-error"
            ><app-icon name="alert" />Enter a name: the agent sees it, and nothing is sent without one.</span
          >
        } @else {
          <span i18n class="field-hint">The agent sees this name.</span>
        }
      </span>
    </div>
    <div class="options">
      <ul class="summary" aria-label="Options" i18n-aria-label>
        @for (option of summary(); track option.words) {
          <li class="option" [class.code]="option.isCode">{{ option.words }}</li>
        }
      </ul>
      @if (isWithoutSurvey()) {
        <p i18n class="warning"><app-icon name="alert" />With these features no survey can follow.</p>
      }
      <button type="button" matButton="outlined" (click)="sheet.open()">
        <span i18n class="with-icon"><app-icon name="settings" /> Options</span>
      </button>
    </div>
    <app-example-words class="examples" (chosen)="exampleChosen.emit($event)" />
    <app-new-conversation-sheet #sheet [(consumerName)]="consumerName" />`,
  styles: `
    :host {
      container-type: size;
      display: grid;
      flex: 1;
      gap: var(--space-2);
      justify-items: center;
      // What does not fit begins at its top, else nobody could scroll to that.
      align-content: safe center;
      min-height: 0;
      padding: var(--space-4);
      overflow-y: auto;
      text-align: center;
    }
    .icon {
      box-sizing: content-box;
      padding: var(--space-3);
      border-radius: var(--radius-l);
      background: var(--accent-soft);
      color: var(--accent);
      font-size: var(--text-xl);
    }
    h2 {
      margin-top: var(--space-2);
      font-size: var(--text-xl);
      font-weight: 650;
      letter-spacing: -0.01em;
    }
    p {
      max-width: 42ch;
      color: var(--text-muted);
      overflow-wrap: anywhere;
      text-wrap: balance;
    }
    strong {
      color: var(--text);
      font-weight: 600;
    }
    .silent {
      margin-top: var(--space-2);
    }
    .field {
      width: min(280px, 100%);
      margin-top: var(--space-4);
      text-align: start;
    }
    .options {
      display: grid;
      gap: var(--space-2);
      justify-items: center;
      margin-top: var(--space-3);
    }
    .summary {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1);
      justify-content: center;
      max-width: 420px;
      list-style: none;
    }
    .examples {
      margin-top: var(--space-4);
    }
    .option {
      min-width: 0;
      padding: 1px var(--space-2);
      border: 1px solid var(--line);
      border-radius: var(--radius-full);
      background: var(--surface);
      color: var(--text-muted);
      font-size: var(--text-xs);
      overflow-wrap: anywhere;
    }
    .warning {
      display: flex;
      gap: var(--space-1);
      align-items: center;
      color: var(--warn);
      font-size: var(--text-s);
    }
    .with-icon {
      display: flex;
      gap: var(--space-1);
      align-items: center;
    }
    // What can be done comes before what is nice.
    @container (height < 580px) {
      .icon {
        display: none;
      }
      h2 {
        margin-top: 0;
      }
      .field,
      .examples {
        margin-top: var(--space-2);
      }
    }
  `,
})
export class StartPanel {
  private readonly start = inject(StartOptions);
  private readonly names = inject(AppNames);
  private readonly conversations = inject(ConversationsStore);

  readonly consumerName = model.required<string>();
  /** Something that could be written first. */
  readonly exampleChosen = output<string>();

  protected readonly isNameless = computed(() => this.consumerName().trim() === '');
  /** `null` until it is known. */
  protected readonly appName = computed(() => {
    const appKey = this.conversations.appKey();
    return appKey === null ? null : this.names.nameOf(appKey);
  });
  protected readonly isNewConsumer = computed(() => this.start.externalId() === '');
  protected readonly summary = computed(() => {
    const externalId = this.start.externalId();
    const consumer = externalId === '' ? [] : [{ words: $localize`consumer ${externalId}`, isCode: false }];
    return [...consumer, ...optionsWords(this.start.options())];
  });
  protected readonly isWithoutSurvey = computed(
    () => missingForSurvey(this.start.options().features).length > 0,
  );

  protected rename(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.consumerName.set(event.target.value);
  }
}
