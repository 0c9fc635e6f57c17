const LIST = 'lp-json-pollock-layout-carousel';
/** A pixel that rounding made is no more to see. */
const ROUNDING_PX = 2;

/**
 * Makes a row of cards scroll as anything does, by finger, wheel, key and two arrows, and say where one is. The renderer
 * moves it by its arrows alone, round and round, and begins anew whenever it is drawn.
 */
export function makeScrollable(wrapper: HTMLElement): void {
  const list = wrapper.querySelector<HTMLElement>(`:scope > .${LIST}`);
  const [back, on] = wrapper.querySelectorAll<HTMLElement>(`:scope > .${LIST}-arrow`);
  const place = wrapper.querySelector<HTMLElement>(':scope > [aria-live]');
  if (list === null || back === undefined || on === undefined || place === null) return;
  place.removeAttribute('aria-label');
  place.classList.add('structured-place');
  const sync = (): void => {
    const where = placeIn(list);
    const { isFirst, isLast } = where;
    const hasMore = !isFirst || !isLast;
    wrapper.classList.toggle('structured-cut-left', isCut(list, 'left'));
    wrapper.classList.toggle('structured-cut-right', isCut(list, 'right'));
    for (const [arrow, isEnd] of [[back, isFirst] as const, [on, isLast] as const]) {
      arrow.hidden = !hasMore;
      // It keeps the focus at the end of the way, so that the keyboard keeps its place.
      arrow.ariaDisabled = String(isEnd);
    }
    place.textContent = hasMore ? placeWords(where) : '';
  };
  // Not `addEventListener`: the renderer's own way of moving gives way.
  back.onclick = () => goTo(list, placeIn(list).at - 1);
  on.onclick = () => goTo(list, placeIn(list).at + 1);
  list.addEventListener('scroll', sync, { passive: true });
  // A list that nothing in it can be reached by key must be reached itself.
  if (list.querySelector('button, a, input, [tabindex]') === null) list.tabIndex = 0;
  // Ends with the list: nothing else holds it.
  new ResizeObserver(sync).observe(list);
}

/** Brings the card with `inside` into view at once, where it stands in a row of cards. */
export function showCardOf(inside: HTMLElement): void {
  const list = inside.closest<HTMLElement>(`.${LIST}`);
  const card = inside.closest(`.${LIST} > *`);
  if (list === null || card === null) return;
  goTo(list, [...list.children].indexOf(card), 'instant');
}

function goTo(list: HTMLElement, index: number, behavior: ScrollBehavior = 'auto'): void {
  const cards = cardsOf(list);
  const card = cards[Math.min(Math.max(index, 0), cards.length - 1)];
  if (card !== undefined) list.scrollBy({ left: startOf(card) - startOf(list), behavior });
}

interface Place {
  /** Of the first and the last card that are whole in view; where none is, both of the one that begins nearest to its edge. */
  readonly at: number;
  readonly to: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly count: number;
}

const placeWords = ({ at, to, count }: Place): string =>
  at === to ? $localize`${at + 1} of ${count}` : $localize`${at + 1}–${to + 1} of ${count}`;

function placeIn(list: HTMLElement): Place {
  const cards = cardsOf(list);
  const inside = cards.map((card) => isInside(card, list));
  const first = inside.indexOf(true);
  const at = first < 0 ? nearestIn(list, cards) : first;
  const last = cards.length - 1;
  return {
    ...{ at, to: first < 0 ? at : inside.lastIndexOf(true), count: cards.length },
    ...{ isFirst: inside[0] ?? true, isLast: inside[last] ?? true },
  };
}

function nearestIn(list: HTMLElement, cards: readonly HTMLElement[]): number {
  const distances = cards.map((card) => Math.abs(startOf(card) - startOf(list)));
  return Math.max(0, distances.indexOf(Math.min(...distances)));
}

const cardsOf = (list: HTMLElement): readonly HTMLElement[] =>
  [...list.children].filter((card) => card instanceof HTMLElement);

/** Whether all of the card is in view. */
function isInside(card: HTMLElement, list: HTMLElement): boolean {
  const outer = list.getBoundingClientRect();
  const inner = card.getBoundingClientRect();
  return inner.left > outer.left - ROUNDING_PX && inner.right < outer.right + ROUNDING_PX;
}

/** Whether that edge of the list goes through a card. */
function isCut(list: HTMLElement, side: 'left' | 'right'): boolean {
  const edge = list.getBoundingClientRect()[side];
  return cardsOf(list).some((card) => {
    const { left, right } = card.getBoundingClientRect();
    return left < edge - ROUNDING_PX && right > edge + ROUNDING_PX;
  });
}

/** Where it begins, in the direction of its text. */
function startOf(element: HTMLElement): number {
  const { left, right } = element.getBoundingClientRect();
  return getComputedStyle(element).direction === 'rtl' ? right : left;
}
