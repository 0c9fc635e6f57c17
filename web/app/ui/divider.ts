import { Component, input, model, numberAttribute } from '@angular/core';

const STEP = 16;
const LARGE_STEP = 64;

/**
 * A line between two panes that can be dragged, or moved with the arrow keys, Home and End.
 *
 * `size` is that of the pane before it, or after it with `edge="end"`, in pixels.
 */
@Component({
  selector: 'app-divider',
  template: '',
  styles: `
    :host {
      position: relative;
      z-index: 1;
      flex: none;
      background: var(--line);
      touch-action: none;
    }
    /* Easy to take hold of, and no longer than the line itself: it would make the page scroll. */
    :host::after {
      position: absolute;
      content: '';
    }
    :host([aria-orientation='vertical']) {
      width: 1px;
      cursor: col-resize;
    }
    :host([aria-orientation='vertical'])::after {
      inset: 0 -4px;
    }
    :host([aria-orientation='horizontal']) {
      height: 1px;
      cursor: row-resize;
    }
    :host([aria-orientation='horizontal'])::after {
      inset: -4px 0;
    }
    :host(:hover),
    :host(:focus-visible),
    :host(.dragging) {
      background: var(--focus);
      outline: 1px solid var(--focus);
      outline-offset: 0;
    }
  `,
  host: {
    role: 'separator',
    tabindex: '0',
    '[attr.aria-label]': 'label()',
    '[attr.aria-orientation]': 'orientation()',
    '[attr.aria-valuenow]': 'size()',
    '[attr.aria-valuemin]': 'min()',
    '[attr.aria-valuemax]': 'max()',
    '[class.dragging]': 'drag !== null',
    '(pointerdown)': 'startDrag($event)',
    '(pointermove)': 'moveDrag($event)',
    '(pointerup)': 'endDrag()',
    '(pointercancel)': 'endDrag()',
    '(keydown)': 'moveByKey($event)',
  },
})
export class Divider {
  readonly label = input.required<string>();
  /** Orientation of the line itself: a vertical line moves sideways. */
  readonly orientation = input<'vertical' | 'horizontal'>('vertical');
  readonly edge = input<'start' | 'end'>('start');
  readonly min = input(0, { transform: numberAttribute });
  readonly max = input(Number.MAX_SAFE_INTEGER, { transform: numberAttribute });
  readonly size = model.required<number>();

  protected drag: { readonly at: number; readonly size: number } | null = null;

  protected startDrag(event: PointerEvent): void {
    if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.drag = { at: this.position(event), size: this.size() };
  }

  protected moveDrag(event: PointerEvent): void {
    if (this.drag === null) return;
    this.resize(this.drag.size + (this.position(event) - this.drag.at) * this.direction());
  }

  protected endDrag(): void {
    this.drag = null;
  }

  protected moveByKey(event: KeyboardEvent): void {
    const size = this.sizeAfter(event);
    if (size === null) return;
    event.preventDefault();
    this.resize(size);
  }

  private sizeAfter({ key, shiftKey }: KeyboardEvent): number | null {
    const step = (shiftKey ? LARGE_STEP : STEP) * this.direction();
    const [less, more] =
      this.orientation() === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (key === less) return this.size() - step;
    if (key === more) return this.size() + step;
    if (key === 'Home') return this.min();
    return key === 'End' ? this.max() : null;
  }

  private resize(size: number): void {
    this.size.set(Math.round(Math.min(this.max(), Math.max(this.min(), size))));
  }

  private position(event: PointerEvent): number {
    return this.orientation() === 'vertical' ? event.clientX : event.clientY;
  }

  private direction(): 1 | -1 {
    return this.edge() === 'start' ? 1 : -1;
  }
}
