import { Component, computed, inject, linkedSignal, model, viewChild } from '@angular/core';

import { VirtualList } from '../../ui/virtual-list';
import { InspectorStore } from '../inspector-store';
import { relatedSteps } from './timeline-layout';
import { TimelineRow } from './timeline-row';

/** The live sequence diagram: who told what to whom. Choosing an arrow lights its causes and effects. */
@Component({
  selector: 'app-timeline',
  imports: [TimelineRow, VirtualList],
  template: `<div class="heads" aria-hidden="true">
      <span i18n class="head consumer">Consumer</span><span i18n class="head bridge">Bridge</span>
      <span i18n class="head cloud">Connector API</span><span i18n class="head agent">Agent</span>
    </div>
    <div class="diagram">
      <div class="lines" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
      <app-virtual-list
        class="rows"
        label="Timeline"
        i18n-label
        [rowHeight]="38"
        [items]="store.timeline()"
        [selected]="step()"
        (selectedChange)="choose($event)"
        [(isFollowing)]="isFollowing"
      >
        <ng-template #row let-step
          ><app-timeline-row
            [step]="step"
            [isLit]="related().has(step.id)"
            [isDimmed]="related().size > 0 && !related().has(step.id)"
            [sinceMs]="sinceChosen(step)"
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

  private readonly list = viewChild.required(VirtualList);
  /** As the list's. */
  readonly hasBelow = computed(() => this.list().hasBelow());

  /** Which of the item's arrows; a choice from elsewhere takes the one that arrives here, the last. */
  protected readonly step = linkedSignal<number | null, number | null>({
    source: this.item,
    computation: (item, previous) => {
      const own = this.store.timeline().filter((step) => step.itemId === item);
      const isSame = own.some((step) => step.id === previous?.value);
      return isSame ? (previous?.value ?? null) : (own.find((step) => step.tone !== 'agent')?.id ?? null);
    },
  });
  protected readonly related = computed(() => relatedSteps(this.store.timeline(), this.item()));
  private readonly chosen = computed(() => this.store.timeline().find((step) => step.id === this.step()));

  protected choose(id: number | null): void {
    const step = this.store.timeline().find((one) => one.id === id);
    this.step.set(id);
    this.item.set(step?.itemId ?? null);
  }

  /** Milliseconds between the chosen arrow and this one; `null` where it says nothing. */
  protected sinceChosen({ id, at }: { readonly id: number; readonly at: number }): number | null {
    const chosen = this.chosen();
    if (chosen === undefined || chosen.id === id || !this.related().has(id)) return null;
    return at - chosen.at;
  }
}
