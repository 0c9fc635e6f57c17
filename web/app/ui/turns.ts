import {
  PendingTasks,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  signal,
  type Signal,
} from '@angular/core';

/** Lets what waits come first, such as a paint or a press. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * For a page that is much to draw: how many turns have passed since it was drawn first, up to `last`. Parts that appear one turn
 * after the other make several short pauses on a slow phone, where all at once would be felt as one long one.
 * To be called where dependencies can be injected.
 */
export function turnsSinceDrawn(last: number): Signal<number> {
  const turns = signal(0);
  const pending = inject(PendingTasks);
  afterNextRender(() => {
    pending.run(async () => {
      while (turns() < last) {
        await nextTurn();
        turns.update((turn) => turn + 1);
      }
    });
  });
  return turns.asReadonly();
}

/**
 * The first of many rows at once, the others in the next turns, each time twice as many; what changes later is there at once.
 * To be called where dependencies can be injected.
 */
export function inTurns<Row>(rows: Signal<readonly Row[]>): Signal<readonly Row[]> {
  const drawn = signal(1);
  const pending = inject(PendingTasks);
  afterRenderEffect(() => {
    if (drawn() >= rows().length) return;
    pending.run(async () => {
      await nextTurn();
      drawn.update((count) => count * 2);
    });
  });
  return computed(() => rows().slice(0, drawn()));
}
