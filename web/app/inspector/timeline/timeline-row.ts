import { Component, computed, input } from '@angular/core';

import { exactWords } from '../../ui/time-words';
import { LIFELINES, type Lifeline, type TimelineStep } from './timeline-step';

const NAMES: Readonly<Record<Lifeline, string>> = {
  consumer: $localize`Consumer`,
  bridge: $localize`Bridge`,
  cloud: $localize`Connector API`,
  agent: $localize`Agent`,
};

/** Where the lifelines stand, in percent of the width. */
const PLACES: Readonly<Record<Lifeline, number>> = { consumer: 10, bridge: 36, cloud: 64, agent: 90 };
/** So much may a label be wider than its arrow, to either side. */
const OVERHANG = 9;

/** One arrow of the diagram. */
@Component({
  selector: 'app-timeline-row',
  template: `@let step = this.step();
    <span class="visually-hidden">{{ names() }}: </span>
    <span class="label" [style.left.%]="left() - overhang" [style.width.%]="width() + 2 * overhang">
      <span class="words">
        <strong>{{ step.title + ' ' }}</strong>
        @if (step.detail) {
          <span class="detail">{{ step.detail + ' ' }}</span>
        }
        @if (delay(); as delay) {
          <span class="delay tabular">{{ delay }}</span>
        }
      </span>
    </span>
    <span
      class="arrow"
      [attr.data-tone]="step.tone"
      [class.backwards]="isBackwards()"
      [style.left.%]="left()"
      [style.width.%]="width()"
    ></span>`,
  styleUrl: './timeline-row.scss',
  host: {
    '[class.lit]': 'isLit()',
    '[class.dimmed]': 'isDimmed()',
    '[attr.title]': 'title()',
  },
})
export class TimelineRow {
  readonly step = input.required<TimelineStep>();
  readonly isLit = input(false);
  /** Something is chosen to which this does not belong. */
  readonly isDimmed = input(false);
  /** Milliseconds since the chosen arrow; instead of the time since the cause. */
  readonly sinceMs = input<number | null>(null);

  protected readonly overhang = OVERHANG;
  protected readonly isBackwards = computed(
    () => LIFELINES.indexOf(this.step().to) < LIFELINES.indexOf(this.step().from),
  );
  protected readonly left = computed(() => Math.min(PLACES[this.step().from], PLACES[this.step().to]));
  protected readonly width = computed(() => Math.abs(PLACES[this.step().from] - PLACES[this.step().to]));
  protected readonly names = computed(
    () => $localize`${NAMES[this.step().from]} to ${NAMES[this.step().to]}`,
  );
  protected readonly delay = computed(() => {
    const ms = this.sinceMs() ?? this.step().delayMs;
    return ms === null ? null : delayWords(ms);
  });
  protected readonly title = computed(() => {
    const { at, title, detail } = this.step();
    return [`${title} ${detail}`.trim(), this.names(), exactWords(at)].join('\n');
  });
}

/** “+92 ms”, “−1.4 s”. */
export function delayWords(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  if (size < 1_000) return $localize`${sign}${Math.round(size)} ms`;
  return size < 60_000
    ? $localize`${sign}${(size / 1_000).toFixed(1)} s`
    : $localize`${sign}${Math.round(size / 60_000)} min`;
}
