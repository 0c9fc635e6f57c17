import { _IdGenerator } from '@angular/cdk/a11y';
import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  DestroyRef,
  type ElementRef,
  type TemplateRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  contentChild,
  inject,
  input,
  model,
  signal,
  untracked,
  viewChild,
} from '@angular/core';

import { ListEnd } from './list-end';
import { movedIndex, nextIndex, spanAround } from './list-places';
import { PressedPointer } from './pressed-pointer';

/** Rows drawn beyond either edge, so that scrolling never shows an empty place. */
const MARGIN = 8;
/** So close to the end counts as being there. */
const END_PX = 8;

const NOTHING: ReadonlySet<number> = new Set();

/** What the list needs to know of an item. */
export interface ListItem {
  /** Unique in the list. */
  readonly id: number;
  /** Can be read, and not be chosen. */
  readonly isInert?: boolean;
}

/**
 * A list of rows of one height of which only the visible ones are drawn; tens of thousands scroll as smoothly as ten.
 *
 * It is one stop of the keyboard: arrows, Home and End choose, Escape chooses nothing. While `isFollowing`, it stays at
 * its end; scrolling away stops that, scrolling back to the end starts it again. A choice interrupts it.
 */
@Component({
  selector: 'app-virtual-list',
  imports: [NgTemplateOutlet],
  template: `<div
    #scroller
    class="scroller"
    role="listbox"
    tabindex="0"
    [attr.aria-label]="label()"
    [attr.aria-activedescendant]="activeRow()"
    (scroll)="scrolled()"
    (keydown)="moveByKey($event)"
  >
    <div #space class="space" role="presentation" [style.height.px]="items().length * rowHeight()">
      @for (row of window(); track row.item.id) {
        <div
          class="row"
          role="option"
          [id]="rowId(row.item.id)"
          [class.selected]="row.item.id === selected()"
          [attr.aria-selected]="row.item.id === selected()"
          [attr.aria-disabled]="row.item.isInert"
          [attr.aria-setsize]="items().length"
          [attr.aria-posinset]="row.at + 1"
          [style.height.px]="rowHeight()"
          [style.transform]="'translateY(' + row.at * rowHeight() + 'px)'"
          (click)="choose(row.item.id)"
          (keydown.enter)="choose(row.item.id)"
          tabindex="-1"
        >
          <ng-container [ngTemplateOutlet]="template()" [ngTemplateOutletContext]="{ $implicit: row.item }" />
        </div>
      }
    </div>
  </div>`,
  styleUrl: './virtual-list.scss',
})
export class VirtualList<Item extends ListItem> {
  /** Accessible name. */
  readonly label = input.required<string>();
  readonly items = input.required<readonly Item[]>();
  readonly rowHeight = input(34);
  readonly selected = model<number | null>(null);
  readonly isFollowing = model(true);
  /** What the items are picked by, as a filter: when it changes, the selected item comes into view again. */
  readonly pickedBy = input<unknown>();
  /** What belongs to the selected item: as much of it as fits comes into view with it. */
  readonly group = input<ReadonlySet<number>>(NOTHING);

  /** A page may have several of these. */
  private readonly listId = inject(_IdGenerator).getId('list-');
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly space = viewChild.required<ElementRef<HTMLElement>>('space');
  protected readonly template = contentChild.required<TemplateRef<{ $implicit: Item }>>('row');

  /** How much of the width a scrollbar takes, in pixels: headings beside it leave it out. */
  readonly gutter = signal(0);

  private readonly top = signal(0);
  private readonly height = signal(0);
  private readonly end = new ListEnd(inject(PressedPointer));
  /** Whether it followed before there was a choice; a list begins at its end. */
  private hasFollowed = true;
  private hadChoice = false;

  protected readonly window = computed(() => {
    const from = Math.max(0, Math.floor(this.top() / this.rowHeight()) - MARGIN);
    const count = Math.ceil(this.height() / this.rowHeight()) + 2 * MARGIN;
    return this.items()
      .slice(from, from + count)
      .map((item, at) => ({ item, at: from + at }));
  });
  /** Index of the first row in sight. */
  readonly firstInView = computed(() => Math.floor(this.top() / this.rowHeight()));
  protected readonly activeRow = computed(() => {
    const selected = this.selected();
    const isDrawn = this.window().some((row) => row.item.id === selected);
    return selected !== null && isDrawn ? this.rowId(selected) : null;
  });

  constructor() {
    const observer = new ResizeObserver(() => this.resized());
    afterNextRender(() => {
      for (const part of [this.scroller(), this.space()]) observer.observe(part.nativeElement);
    });
    inject(DestroyRef).onDestroy(() => observer.disconnect());
    afterRenderEffect(() => {
      this.items();
      // A list that was hidden has no end to stay at until it is shown.
      this.height();
      const isHeld = this.end.isHeld(this.scroller().nativeElement);
      if (this.isFollowing() && !isHeld) untracked(() => this.toEnd());
    });
    afterRenderEffect(() => {
      const selected = this.selected();
      this.pickedBy();
      // The pane may have become lower by what the choice has opened.
      this.height();
      this.isFollowing();
      untracked(() => (selected === null ? this.settle() : this.reveal(selected)));
      this.hadChoice = selected !== null;
    });
  }

  protected rowId(id: number): string {
    return `${this.listId}-${id}`;
  }

  protected scrolled(): void {
    this.measure();
    if (this.isFollowing() && this.end.keep(this.scroller().nativeElement)) this.measure();
    else this.isFollowing.set(this.isAtEnd() && this.selected() === null);
  }

  protected choose(id: number): void {
    if (this.items().some((item) => item.id === id && item.isInert === true)) return;
    this.selected.set(id);
    this.isFollowing.set(false);
  }

  protected moveByKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.selected.set(null);
      return;
    }
    const items = this.choosable();
    const at = items.findIndex((item) => item.id === this.selected());
    const item = items[nextIndex(event.key, at, items.length) ?? -1];
    if (item === undefined) return;
    event.preventDefault();
    this.choose(item.id);
  }

  /** Chooses the item so many rows from the chosen one; without one, the first or the last. The keyboard goes on here. */
  move(by: number): void {
    const items = this.choosable();
    const at = items.findIndex((item) => item.id === this.selected());
    const item = items[movedIndex(at, by, items.length)];
    if (item === undefined) return;
    this.choose(item.id);
    this.scroller().nativeElement.focus({ preventScroll: true });
  }

  /** What only can be read is stepped over. */
  private choosable(): readonly Item[] {
    return this.items().filter(({ isInert }) => isInert !== true);
  }

  private groupPlaces(): readonly number[] {
    const group = this.group();
    return group.size === 0 ? [] : this.items().flatMap(({ id }, at) => (group.has(id) ? [at] : []));
  }

  private measure(): void {
    const { scrollTop, clientHeight, clientWidth, offsetWidth } = this.scroller().nativeElement;
    this.top.set(scrollTop);
    this.height.set(clientHeight);
    this.gutter.set(offsetWidth - clientWidth);
  }

  /** Right after more was drawn the browser may still tell the height before it: the end is where it is laid out. */
  private resized(): void {
    if (this.isFollowing()) this.toEnd();
    else this.measure();
  }

  private toEnd(): void {
    this.end.put(this.scroller().nativeElement);
    this.measure();
  }

  private isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller().nativeElement;
    return scrollHeight - scrollTop - clientHeight <= END_PX;
  }

  /** A choice that is given up at the end, where there may be nothing to scroll, leaves it as it was before. */
  private settle(): void {
    if (this.hadChoice && this.hasFollowed && this.isAtEnd()) this.isFollowing.set(true);
    this.hasFollowed = this.isFollowing();
  }

  private reveal(id: number): void {
    const at = this.items().findIndex((item) => item.id === id);
    if (at < 0) return;
    const element = this.scroller().nativeElement;
    const room = Math.floor(element.clientHeight / this.rowHeight());
    const rows = spanAround(at, this.groupPlaces(), room);
    // A neighbour on either side shows where in the list one is.
    const beside = room - (rows.to - rows.from + 1) >= 2 ? 1 : 0;
    const start = (rows.from - beside) * this.rowHeight();
    const end = (rows.to + 1 + beside) * this.rowHeight();
    const { scrollTop, clientHeight } = element;
    const isFar = end <= scrollTop || start >= scrollTop + clientHeight;
    if (isFar) element.scrollTop = (start + end - clientHeight) / 2;
    else if (start < scrollTop) element.scrollTop = start;
    else if (end > scrollTop + clientHeight) element.scrollTop = end - clientHeight;
    // The rows for the new place are drawn now, not a frame after the browser tells of the scrolling.
    this.measure();
  }
}
