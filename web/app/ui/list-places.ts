/**
 * The rows from the first to the last of `places` around `at`, as many as `room` has place for: causes before effects,
 * and `at` in any case.
 */
export function spanAround(
  at: number,
  places: readonly number[],
  room: number,
): { readonly from: number; readonly to: number } {
  const first = Math.min(at, ...places.filter((place) => at - place < room));
  const last = Math.max(at, ...places.filter((place) => place - first < room));
  return { from: first, to: last };
}

/** Where a key of the list leads from `at`; `null`: it is no such key. */
export function nextIndex(key: string, at: number, length: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return movedIndex(at, 1, length);
    case 'ArrowUp':
    case 'k':
      return movedIndex(at, -1, length);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}

/** From nothing, up begins at the end. */
export const movedIndex = (at: number, by: number, length: number): number =>
  at < 0 && by < 0 ? length - 1 : Math.max(0, Math.min(length - 1, at + by));
