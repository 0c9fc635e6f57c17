import { Component, DestroyRef, computed, inject, input, resource } from '@angular/core';

import { AppNames } from '../../bridge/app-names';
import { BridgeClient } from '../../bridge/bridge-client';
import { EventLog } from '../../bridge/event-log';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { exactWords } from '../../ui/time-words';
import type { ConversationFacts } from '../conversation-facts';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { missingGroup, stateGroups, type MissingSequences, type StateGroup } from './state-rows';
import { tokenGroup } from './token-rows';

/** Tokens are renewed while one looks. */
const TOKENS_EVERY_MS = 30_000;

/** Ids, dialogs, participants, options and the stream: everything one would otherwise look for in JSON. */
@Component({
  selector: 'app-state-panel',
  imports: [CopyButton, EmptyState],
  template: `@if (groups(); as groups) {
      <div class="head">
        <p i18n>
          What the log says about this conversation. Times are by this server’s clock where no other is named.
        </p>
        <app-copy-button class="all" what="all" i18n-what [source]="json()" [isNamed]="true" />
      </div>
      @for (group of groups; track group.heading) {
        <section [attr.aria-label]="group.heading">
          <h3>{{ group.heading }}</h3>
          @if (group.rows.length === 0) {
            <p i18n class="none">None was told yet.</p>
          } @else {
            <dl>
              @for (row of group.rows; track $index) {
                <div class="row">
                  <dt>{{ row.name }}</dt>
                  <dd>
                    <span class="value" [class.code]="row.canCopy">{{ row.value }}</span>
                    @if (row.canCopy) {
                      <app-copy-button [what]="row.name" [source]="row.value" />
                    }
                  </dd>
                </div>
              }
            </dl>
          }
        </section>
      }
    } @else if (store.isUnknown()) {
      <app-empty-state i18n icon="search" heading="There is no such conversation" i18n-heading>
        So it has no state: neither ids nor dialogs nor participants.
      </app-empty-state>
    } @else {
      <app-empty-state i18n icon="info" heading="No conversation yet" i18n-heading>
        Its ids, dialogs, participants and options appear here as soon as the first message has opened it.
      </app-empty-state>
    }`,
  styleUrl: './state-panel.scss',
})
export class StatePanel {
  private readonly log = inject(EventLog);
  protected readonly store = inject(ConversationStore);
  private readonly conversations = inject(ConversationsStore);
  private readonly bridge = inject(BridgeClient);
  private readonly appNames = inject(AppNames);

  /** What did not come, by dialog. */
  readonly missing = input<readonly MissingSequences[]>([]);

  private readonly tokens = resource({
    params: () => this.askable(),
    loader: ({ params: id }) => this.bridge.conversationTokens(id),
  });

  protected readonly groups = computed<readonly StateGroup[] | null>(() => {
    const id = this.store.id();
    const facts = id === null ? null : this.conversations.factsFor(id);
    return id === null || facts === null
      ? null
      : [
          ...stateGroups(id, facts, this.appNameOf(facts)),
          ...missingGroup(this.missing(), facts),
          this.tokenTimes(),
          this.stream(),
        ];
  });
  protected readonly json = computed(() =>
    JSON.stringify(
      Object.fromEntries(
        (this.groups() ?? []).map(({ heading, rows }) => [
          heading,
          Object.fromEntries(rows.map(({ name, value }) => [name, value])),
        ]),
      ),
      null,
      2,
    ),
  );

  /** Of a conversation that another server opened, this one holds no tokens. */
  private readonly askable = computed(() => {
    const state = this.store.state();
    return state === null || state.isElsewhere ? undefined : state.id;
  });
  private readonly tokenTimes = computed(() =>
    tokenGroup(this.tokens.hasValue() ? this.tokens.value() : null),
  );

  private readonly stream = computed<StateGroup>(() => {
    const heardAt = this.log.heardAt();
    const row = (name: string, value: string) => ({ name, value, canCopy: false });
    return {
      heading: $localize`Stream`,
      rows: [
        row($localize`connection`, this.log.connection().kind),
        row($localize`cursor`, `${this.log.cursor()}`),
        row(
          $localize`heard of last`,
          heardAt === null ? $localize`never` : $localize`${exactWords(heardAt)} by this browser’s clock`,
        ),
      ],
    };
  });

  constructor() {
    const timer = setInterval(() => this.tokens.reload(), TOKENS_EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  private appNameOf({ opened }: ConversationFacts): string | null {
    return opened === null ? null : this.appNames.nameOf(opened.appKey);
  }
}
