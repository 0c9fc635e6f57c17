const GAP = 6;
/** Of a card below or above, from either side of the window. */
const MARGIN = 16;
/** A card that is cut below this can no longer be used. */
const LEAST_HEIGHT = 240;

export type Side = 'left' | 'right';

interface Size {
  readonly width: number;
  readonly height: number;
}

export type Edges = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/** Of all these elements together. */
export function edgesOf(elements: readonly HTMLElement[]): Edges {
  const each = elements.map((element) => element.getBoundingClientRect());
  return {
    left: Math.min(...each.map(({ left }) => left)),
    right: Math.max(...each.map(({ right }) => right)),
    top: Math.min(...each.map(({ top }) => top)),
    bottom: Math.max(...each.map(({ bottom }) => bottom)),
  };
}

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly maxHeight: number;
}

interface CardSize extends Size {
  /** So much of it must be seen; default: {@link LEAST_HEIGHT}. */
  readonly least?: number;
}

/**
 * Puts a fixed card where what it is about stays in sight, and never beyond the window.
 *
 * @param isWhole The card is to be seen as a whole, even over what it is about.
 */
export function placeBeside(card: HTMLElement, anchor: Edges, preferred: Side, isWhole = false): void {
  card.style.maxHeight = '';
  const { width, height } = card.getBoundingClientRect();
  const { left, top, maxHeight } = placeFor(
    { width, height, least: isWhole ? height : LEAST_HEIGHT },
    anchor,
    { width: innerWidth, height: innerHeight },
    preferred,
  );
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
  card.style.maxHeight = `${maxHeight}px`;
}

/**
 * To the side that is preferred, else to the other, else below or above, where there is more room; over what it is about where
 * that leaves too little.
 */
export function placeFor(card: CardSize, anchor: Edges, room: Size, preferred: Side): Place {
  const beside = besideOf(card, anchor, room, preferred);
  const maxHeight = room.height - 2 * GAP;
  if (beside !== null) {
    return { left: beside, top: topWithin(card, anchor, room), maxHeight };
  }
  const left = between(MARGIN, anchor.left, room.width - card.width - MARGIN);
  const below = room.height - anchor.bottom - 2 * GAP;
  const above = anchor.top - 2 * GAP;
  if (Math.max(below, above) < Math.min(card.height, card.least ?? LEAST_HEIGHT)) {
    return { left, top: topWithin(card, anchor, room), maxHeight };
  }
  if (card.height <= below || below >= above) return { left, top: anchor.bottom + GAP, maxHeight: below };
  return { left, top: Math.max(GAP, anchor.top - GAP - card.height), maxHeight: above };
}

function besideOf(card: Size, anchor: Edges, room: Size, preferred: Side): number | null {
  const places = { left: anchor.left - GAP - card.width, right: anchor.right + GAP };
  const order = preferred === 'left' ? [places.left, places.right] : [places.right, places.left];
  return order.find((left) => left >= GAP && left + card.width <= room.width - GAP) ?? null;
}

const topWithin = (card: Size, anchor: Edges, room: Size): number =>
  between(GAP, anchor.top, room.height - card.height - GAP);

const between = (least: number, wanted: number, most: number): number =>
  Math.max(least, Math.min(wanted, most));
