import { Component, computed, effect, inject, signal, untracked } from '@angular/core';

import type { EmulatorDelivery } from '#protocol/emulator-controls';

import { FailureNote } from '../../ui/failure-note';
import { StatusChip } from '../../ui/status-chip';
import { exactWords, secondsWords } from '../../ui/time-words';
import { DeliveryWatch } from './delivery-watch';
import { endpointWords, eventWords, fateOf, redeliveredWords, tryWords } from './delivery-words';
import { EmulatorDesk } from './emulator-desk';
import { EndpointTroubles } from './endpoint-troubles';
import { takeKeyboard } from './take-keyboard';

/** What became of the webhooks that the emulator sent: each try, newest first. */
@Component({
  selector: 'app-delivery-list',
  imports: [EndpointTroubles, FailureNote, StatusChip],
  template: `@if (watch.failure(); as failure) {
      <app-failure-note [text]="failure" />
    }
    <app-endpoint-troubles (switchedOn)="takeKeyboard(heading)" />
    <div class="title">
      <h4 #heading i18n id="latest-tries" tabindex="-1">Latest tries</h4>
      <label i18n class="only">
        <input type="checkbox" [checked]="watch.isFailedOnly()" (change)="narrow($event)" /> Only what failed
      </label>
    </div>
    @if (watch.deliveries(); as deliveries) {
      <ul class="tries" aria-labelledby="latest-tries">
        @for (each of deliveries; track each.id) {
          @let fate = fateOf(each);
          <li>
            <time class="tabular" [title]="exact(each.at)">{{ seconds(each.at) }}</time>
            <span class="event" [title]="each.eventType">{{ event(each.eventType) }}</span>
            <app-status-chip [tone]="fate.tone">{{ fate.words }}</app-status-chip>
            <span class="answer">{{ words(each) }}</span>
            <button
              i18n
              type="button"
              class="pill"
              [attr.aria-label]="redeliverWords(each)"
              [attr.aria-disabled]="!each.isKept || null"
              [attr.aria-describedby]="each.isKept ? null : 'not-kept-' + each.id"
              (click)="redeliver(each)"
            >
              Redeliver
            </button>
            @if (redelivered(each); as told) {
              <span class="redelivered">{{ told }}</span>
            }
            @if (!each.isKept) {
              <span i18n class="not-kept" [id]="'not-kept-' + each.id">Its body is no longer kept.</span>
            }
            <div class="where">
              @if (watch.isOfSeveralApps()) {
                <span class="app" title="{{ each.app.name }} ({{ each.app.id }})">{{ each.app.name }}</span>
              }
              @if (each.endpoint !== null) {
                <span class="endpoint" [title]="each.endpoint">{{ endpoint(each.endpoint) }}</span>
              }
            </div>
          </li>
        } @empty {
          <li class="none">
            @if (watch.isFailedOnly()) {
              <ng-container i18n
                >Nothing failed. What is answered with anything but 200 or 201, or not in time, shows
                here.</ng-container
              >
            } @else {
              <ng-container i18n
                >No webhook was sent yet. Each one shows here with what its endpoint answered.</ng-container
              >
            }
          </li>
        }
      </ul>
    }`,
  styleUrl: './sheet-list.scss',
  styles: `
    .title {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
      justify-content: space-between;
    }
    .only {
      display: inline-flex;
      gap: var(--space-2);
      align-items: center;
      min-height: 28px;
      font-size: var(--text-s);
    }
    .tries {
      list-style: none;
      font-size: var(--text-s);
    }
    li:not(.none) {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      column-gap: var(--space-2);
      align-items: baseline;
      padding-block: var(--space-2);
      border-top: 1px solid var(--line);
    }
    time,
    .endpoint,
    .redelivered,
    .not-kept,
    .none {
      color: var(--text-muted);
    }
    .event {
      overflow-wrap: anywhere;
      font-weight: 600;
    }
    .answer,
    .where,
    .redelivered,
    .not-kept {
      grid-column: 1 / -1;
      overflow-wrap: anywhere;
    }
    .answer {
      grid-column-end: span 2;
    }
    app-status-chip,
    .pill {
      justify-self: end;
    }
    .pill {
      margin-top: var(--space-1);
    }
    .where {
      display: flex;
      gap: var(--space-2);
      align-items: baseline;
      font-size: var(--text-xs);
      white-space: nowrap;
    }
    .app,
    .endpoint {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .app {
      flex: none;
      max-width: 50%;
    }
  `,
})
export class DeliveryList {
  private readonly desk = inject(EmulatorDesk);
  protected readonly watch = inject(DeliveryWatch);

  protected readonly exact = exactWords;
  protected readonly seconds = secondsWords;
  protected readonly event = eventWords;
  protected readonly endpoint = endpointWords;
  protected readonly words = tryWords;
  protected readonly fateOf = fateOf;
  protected readonly redelivered = redeliveredWords;
  protected readonly takeKeyboard = takeKeyboard;
  private readonly newestRedelivery = computed(() =>
    this.watch.deliveries()?.find(({ redelivery }) => redelivery !== null),
  );
  /** What was told of the redelivery that was asked for last, and which was the newest then; `null`: its answer is told. */
  private readonly asked = signal<{ readonly words: string; readonly before: string | null } | null>(null);

  constructor() {
    effect(() => {
      const [asked, newest] = [this.asked(), this.newestRedelivery()];
      if (asked === null || newest === undefined || newest.id === asked.before) return;
      untracked(() => this.tellAnswer(asked.words, newest));
    });
  }

  /** Rows that look the same are told apart by their app. */
  protected redeliverWords({ app, at, eventType }: EmulatorDelivery): string {
    const [event, time] = [eventWords(eventType), secondsWords(at)];
    return this.watch.isOfSeveralApps()
      ? $localize`Redeliver ${event}:event: of ${time}:time: for ${app.name}:app:`
      : $localize`Redeliver ${event}:event: of ${time}:time:`;
  }

  protected async redeliver({ id, eventType, isKept }: EmulatorDelivery): Promise<void> {
    if (!isKept) return;
    const words = $localize`Redelivery of ${eventWords(eventType)} asked for`;
    const before = this.newestRedelivery()?.id ?? null;
    const isAsked = await this.desk.run(words, (client) => client.redeliver(id));
    if (isAsked) this.asked.set({ words, before });
    await this.watch.look();
  }

  /** Unless something else was told since. */
  private tellAnswer(words: string, delivery: EmulatorDelivery): void {
    this.asked.set(null);
    if (this.desk.told() === words)
      this.desk.tell(`${eventWords(delivery.eventType)}: ${tryWords(delivery)}`);
  }

  protected narrow(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.watch.narrow(event.target.checked);
  }
}
