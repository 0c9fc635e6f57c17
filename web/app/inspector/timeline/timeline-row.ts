import { Component, computed, input } from '@angular/core';

import { Icon } from '../../ui/icon';
import { clockWords, exactWords, shortDayWords, spanWords } from '../../ui/time-words';
import { LIFELINES, LIFELINE_NAMES, PLACES } from './lifelines';
import type { DelayBase, TimelineStep } from './timeline-step';

/** One arrow of the diagram, with the clock beside it. */
@Component({
  selector: 'app-timeline-row',
  imports: [Icon],
  template: `@let step = this.step();
    <time class="clock tabular">
      @if (step.clock === 'now') {
        <span i18n class="begins">now</span>
      } @else {
        @if (step.clock === 'day' && !isTop()) {
          <span class="begins">{{ day() }}</span>
        }
        @if (step.clock !== null && !isTop()) {
          <span class="begins">{{ second() }}</span>
        }
        <span class="ms">{{ milliseconds() }}</span>
      }
    </time>
    <span class="lanes" [style.--left.%]="left()">
      <span class="visually-hidden">{{ names() }}: </span>
      <span class="label" [style.min-width.%]="width()">
        <span class="words">
          @if (scope(); as scope) {
            <span class="scope">{{ scope }}</span>
          }
          @if (step.icon; as icon) {
            <app-icon [name]="icon" />
          }
          <strong>{{ step.title + ' ' }}</strong>
          @if (step.detail) {
            <span class="detail">{{ step.detail + ' ' }}</span>
          }
          @if (step.mark) {
            <span class="mark" [class.odd]="step.isOdd" [class.named]="step.tone === 'other-app'">{{
              step.mark + ' '
            }}</span>
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
        [style.width.%]="width()"
      ></span>
    </span>`,
  styleUrl: './timeline-row.scss',
  host: {
    '[class.lit]': 'isLit()',
    '[class.chosen]': 'isChosen()',
    '[class.paired]': 'isPaired()',
    '[class.dimmed]': 'isDimmed()',
    '[attr.title]': 'title()',
  },
})
export class TimelineRow {
  readonly step = input.required<TimelineStep>();
  readonly isLit = input(false);
  /** Delays count from here. */
  readonly isChosen = input(false);
  /** The first in sight: the head of the diagram has its day and second. */
  readonly isTop = input(false);
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
  protected readonly day = computed(() => shortDayWords(this.step().at));
  protected readonly second = computed(() => clockWords(this.step().at).slice(0, -4));
  protected readonly milliseconds = computed(() => clockWords(this.step().at).slice(-4));
  protected readonly names = computed(() => {
    const { from, to } = this.step();
    return $localize`${LIFELINE_NAMES[from]} to ${LIFELINE_NAMES[to]}`;
  });
  /** While something is chosen, all delays count from there, and what does not belong to it has none. */
  protected readonly delay = computed(() => {
    const { clock, delayMs, isLate, isOdd } = this.step();
    // What still goes on has no end to count from, and after “late” a zero would read as how late.
    if (this.isChosen()) return clock === 'now' || isOdd ? null : spanWords(0);
    const ms = this.sinceMs() ?? (this.isDimmed() || this.isLit() ? null : delayMs);
    return ms === null || (isLate && Math.round(ms) === 0) ? null : delayWords(ms);
  });
  /** From where it counts; `null` without a delay. */
  private readonly base = computed(() => {
    if (this.isChosen() && this.step().clock !== 'now') return $localize`delays count from this arrow`;
    if (this.delay() === null) return null;
    if (this.sinceMs() !== null) return $localize`counted from the chosen arrow`;
    const { since } = this.step();
    return since === null ? null : BASES[since];
  });
  /** Of an upload it is not known when it began. */
  private readonly underWay = computed(() =>
    this.step().isInert
      ? $localize`It still goes on.`
      : $localize`Under way since ${exactWords(this.step().at)}.`,
  );
  protected readonly title = computed(() => {
    const { at, title, detail, mark, clock, hint } = this.step();
    if (hint !== undefined) return hint;
    const words = [title, detail, mark, this.delay() ?? ''].filter((part) => part !== '').join(' ');
    const when = clock === 'now' ? this.underWay() : exactWords(at);
    return [words, this.base(), this.names(), when].filter((line) => line !== null).join('\n');
  });
}

const BASES: Readonly<Record<DelayBase, string>> = {
  call: $localize`counted from its call`,
  stamp: $localize`counted from the cloud’s stamp`,
  leaving: $localize`counted from when it left here`,
  message: $localize`counted from the message that it is about`,
};

/** “+92 ms”, “−1.4 s”. */
export const delayWords = (ms: number): string => (ms < 0 ? '−' : '+') + spanWords(Math.abs(ms));
