import { Component, computed, input } from '@angular/core';

import { clockWords, exactWords, shortDayWords, spanWords } from '../../ui/time-words';
import { LIFELINES, LIFELINE_NAMES, PLACES } from './lifelines';
import type { TimelineStep } from './timeline-step';

/** One arrow of the diagram, with the clock beside it. */
@Component({
  selector: 'app-timeline-row',
  template: `@let step = this.step();
    <time class="clock tabular">
      @if (step.clock === 'day') {
        <span class="begins">{{ day() }}</span><span class="begins">{{ second() }}</span>
      } @else {
        @if (step.clock === 'second') {
          <span class="begins">{{ second() }}</span>
        }
        <span class="ms">{{ milliseconds() }}</span>
      }
    </time>
    <span class="lanes">
      <span class="visually-hidden">{{ names() }}: </span>
      <span class="label" [style.left.%]="center() - reach()" [style.width.%]="2 * reach()">
        <span class="words">
          @if (scope(); as scope) {
            <span class="scope">{{ scope }}</span>
          }
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
        [class.late]="step.isLate"
        [style.left.%]="left()"
        [style.width.%]="width()"
      ></span>
    </span>`,
  styleUrl: './timeline-row.scss',
  host: {
    '[class.lit]': 'isLit()',
    '[class.paired]': 'isPaired()',
    '[class.dimmed]': 'isDimmed()',
    '[attr.title]': 'title()',
  },
})
export class TimelineRow {
  readonly step = input.required<TimelineStep>();
  readonly isLit = input(false);
  /** The pointer is on this or another arrow of the same item. */
  readonly isPaired = input(false);
  /** Something is chosen to which this does not belong. */
  readonly isDimmed = input(false);
  /** Whose it is, where it is not of the conversation on the screen. */
  readonly scope = input<string | null>(null);
  /** Milliseconds since the chosen arrow; instead of the time since the cause. */
  readonly sinceMs = input<number | null>(null);

  private readonly places = computed(() => [PLACES[this.step().from], PLACES[this.step().to]] as const);
  protected readonly isBackwards = computed(
    () => LIFELINES.indexOf(this.step().to) < LIFELINES.indexOf(this.step().from),
  );
  protected readonly left = computed(() => Math.min(...this.places()));
  protected readonly width = computed(() => Math.abs(this.places()[0] - this.places()[1]));
  protected readonly center = computed(() => this.left() + this.width() / 2);
  /** A label may be wider than its arrow: nothing else stands in its row. */
  protected readonly reach = computed(() => Math.min(this.center(), 100 - this.center()));
  protected readonly day = computed(() => shortDayWords(this.step().at));
  protected readonly second = computed(() => clockWords(this.step().at).slice(0, -4));
  protected readonly milliseconds = computed(() => clockWords(this.step().at).slice(-4));
  protected readonly names = computed(() => {
    const { from, to } = this.step();
    return $localize`${LIFELINE_NAMES[from]} to ${LIFELINE_NAMES[to]}`;
  });
  protected readonly delay = computed(() => {
    const ms = this.sinceMs() ?? this.step().delayMs;
    return ms === null ? null : delayWords(ms);
  });
  protected readonly title = computed(() => {
    const { at, title, detail } = this.step();
    return [`${title} ${detail} ${this.delay() ?? ''}`.trim(), this.names(), exactWords(at)].join('\n');
  });
}

/** “+92 ms”, “−1.4 s”. */
export const delayWords = (ms: number): string => (ms < 0 ? '−' : '+') + spanWords(Math.abs(ms));
