import { Component, computed, inject, linkedSignal, model, signal, viewChild } from '@angular/core';

import { clockWords, shortDayWords } from '../../ui/time-words';
import { VirtualList } from '../../ui/virtual-list';
import { InspectorStore } from '../inspector-store';
import { scopeWords } from '../item-scope';
import { LIFELINES, LIFELINE_NAMES, PLACES } from './lifelines';
import { relatedSteps } from './timeline-layout';
import { TimelineRow } from './timeline-row';
import type { TimelineStep } from './timeline-step';

/** The live sequence diagram: who told what to whom. Choosing an arrow lights its causes and effects. */
@Component({
  selector: 'app-timeline',
  imports: [TimelineRow, VirtualList],
  template: `<div class="frame" [style.--gutter.px]="list.gutter()">
      <div class="heads" aria-hidden="true">
        @if (top(); as top) {
          <time class="clock tabular"
            ><span>{{ top.day }}</span
            ><span>{{ top.second }}</span></time
          >
        }
        <div class="lanes">
          @for (lane of lanes; track lane.name) {
            <span class="head" [style.left.%]="lane.place">{{ lane.name }}</span>
          }
        </div>
      </div>
    </div>
    <div class="diagram" [style.--gutter.px]="list.gutter()">
      <div class="lines" aria-hidden="true">
        <div class="lanes">
          @for (lane of lanes; track lane.name) {
            <i class="line" [style.left.%]="lane.place"></i>
          }
        </div>
      </div>
      <app-virtual-list
        #list
        class="rows"
        label="Timeline"
        i18n-label
        [rowHeight]="38"
        [items]="store.timeline()"
        [pickedBy]="store.picks()"
        [group]="related()"
        [selected]="step()"
        (selectedChange)="choose($event)"
        [(isFollowing)]="isFollowing"
      >
        <ng-template #row let-step
          ><app-timeline-row
            [step]="step"
            [isLit]="related().has(step.id)"
            [isChosen]="related().size > 0 && chosen()?.id === step.id"
            [isTop]="topStep()?.id === step.id"
            [isPaired]="pointedAt() === step.itemId"
            [isDimmed]="related().size > 0 && !related().has(step.id)"
            [scope]="scopeOf(step)"
            [sinceMs]="sinceChosen(step)"
            (pointerenter)="pointedAt.set(step.itemId)"
            (pointerleave)="pointedAt.set(null)"
        /></ng-template>
      </app-virtual-list>
    </div>`,
  styleUrl: './timeline.scss',
})
export class Timeline {
  protected readonly store = inject(InspectorStore);

  /** Log sequence of the chosen item. */
  readonly item = model<number | null>(null);
  readonly isFollowing = model(true);

  private readonly rows = viewChild.required(VirtualList);

  /** The first arrow in sight; what goes on now has no time. */
  protected readonly topStep = computed(() => {
    const step = this.store.timeline()[this.rows().firstInView()];
    return step?.clock === 'now' ? undefined : step;
  });
  /** When it was. */
  protected readonly top = computed(() => {
    const at = this.topStep()?.at;
    return at === undefined ? null : { day: shortDayWords(at), second: clockWords(at).slice(0, -4) };
  });
  protected readonly lanes = LIFELINES.map((lane) => ({ name: LIFELINE_NAMES[lane], place: PLACES[lane] }));
  /** Log sequence of the item under the pointer: a call and its answer may stand far apart. */
  protected readonly pointedAt = signal<number | null>(null);
  /** Which of the item's arrows; a choice from elsewhere takes the one that arrives here, the last. */
  protected readonly step = linkedSignal<number | null, number | null>({
    source: this.item,
    computation: (item, previous) => {
      const own = this.store.timeline().filter((step) => step.itemId === item);
      // Out of sight, by a filter, it stays the chosen one.
      if (own.length === 0 && previous?.source === item) return previous.value;
      const isSame = own.some((step) => step.id === previous?.value);
      return isSame ? (previous?.value ?? null) : (own.find((step) => step.tone !== 'agent')?.id ?? null);
    },
  });
  protected readonly related = computed(() => relatedSteps(this.store.timeline(), this.item()));
  protected readonly chosen = computed(() => this.store.timeline().find((step) => step.id === this.step()));

  /** Chooses the arrow so many rows away. */
  move(by: number): void {
    this.rows().move(by);
  }

  protected choose(id: number | null): void {
    const step = this.store.timeline().find((one) => one.id === id);
    this.step.set(id);
    this.item.set(step?.itemId ?? null);
  }

  protected scopeOf({ conversationId }: TimelineStep): string | null {
    return scopeWords(conversationId, this.store.conversationId());
  }

  /** Milliseconds between the chosen arrow and this one; `null` where it says nothing. */
  protected sinceChosen({ id, at }: { readonly id: number; readonly at: number }): number | null {
    const chosen = this.chosen();
    if (chosen === undefined || chosen.id === id || !this.related().has(id)) return null;
    return at - chosen.at;
  }
}
