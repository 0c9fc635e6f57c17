import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';

import { Icon } from '../ui/icon';
import type { ExportedList } from './inspector-store';
import { FILTER_COLUMNS } from './item-filter';

/** Each way to write a term; every list has the columns that are named. The same stand in `docs/inspector.md`. */
const LINES = [
  { example: 'order', words: $localize`a word, in any column` },
  { example: '"two words"', words: $localize`words as they stand` },
  { example: 'type:content', words: $localize`in one column` },
  { example: 'took:>200', words: $localize`by size: > >= < <=; took in ms` },
  { example: 'status:5xx', words: $localize`by class: 2xx, 4xx, 5xx` },
  { example: '-type:accept', words: $localize`leaves out what has it; also -word` },
  { example: 'body:order', words: $localize`in the JSON of requests, answers and webhooks` },
  { example: 'header:json', words: $localize`in their headers` },
] as const;

/** What can be written into the filter of a list, and its columns; closed by Escape, a press elsewhere, or a choice. */
@Component({
  selector: 'app-filter-help',
  imports: [Icon],
  templateUrl: './filter-help.html',
  styleUrl: './filter-help.scss',
  host: { '(focusout)': 'leave($event)' },
})
export class FilterHelp {
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly list = input.required<ExportedList>();
  /** Whether there is nothing to filter. */
  readonly isIdle = input(false);
  /** An example to be added to what the filter has. */
  readonly chosen = output<string>();

  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  protected readonly lines = LINES;
  protected readonly isOpen = signal(false);
  protected readonly columns = computed(() => FILTER_COLUMNS[this.list()].join(', '));

  /** It is opened and closed by the browser. */
  protected follow({ newState }: ToggleEvent): void {
    this.isOpen.set(newState === 'open');
    if (newState !== 'open') return;
    const { nativeElement: panel } = this.panel();
    afterNextRender({ write: () => panel.querySelector('button')?.focus() }, { injector: this.injector });
  }

  /** Who goes on by keyboard leaves nothing open over where they go. */
  protected leave({ relatedTarget: next }: FocusEvent): void {
    const isLeaving = next instanceof Node && !this.host.contains(next);
    if (isLeaving) this.panel().nativeElement.hidePopover();
  }

  protected choose(example: string): void {
    this.panel().nativeElement.hidePopover();
    this.chosen.emit(example);
  }
}
