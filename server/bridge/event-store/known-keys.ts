import { randomInt } from 'node:crypto';

/** Slots of an empty table; a power of two, as every size. */
const FEWEST_SLOTS = 1_024;
/** A table fuller than this is made anew… */
const FULL = 3 / 4;
/** …so large that it is at most this full. */
const ROOMY = 3 / 8;

interface Table {
  readonly hashes: Uint32Array;
  /** Distance of the entry from the log's first, from 1 on; 0: the slot is empty. */
  readonly places: Uint32Array;
  size: number;
}

/** What stood in a slot before, so that it can stand there again. */
interface Change {
  readonly table: Table;
  readonly slot: number;
  readonly place: number;
}

/**
 * Where the log holds each delivery key, as a hint: eight bytes for each, so that all of them fit in memory.
 *
 * Different keys may look alike here, and entries may be gone from the log meanwhile, so whoever asks looks at the entry
 * itself. What this says is not there is not there.
 */
export class KnownKeys {
  /** No sender can know which keys look alike. */
  private readonly seed = randomInt(2 ** 32);
  private readonly first: number;
  private readonly oldest: () => number;
  private table = emptyTable(FEWEST_SLOTS);
  /** Since the last {@link keep}, in their order. */
  private readonly changes: Change[] = [];

  /**
   * @param first The log's first sequence; no entry is below it.
   * @param oldest Tells from which sequence on entries may still be there; asked for when room is needed.
   */
  constructor(first: number, oldest: () => number) {
    this.first = first;
    this.oldest = oldest;
  }

  /** How many keys there is room for, counting what is kept free. */
  get slots(): number {
    return this.table.places.length;
  }

  add(account: string, key: string, sequence: number): void {
    if (this.table.size >= this.slots * FULL) this.makeRoom();
    const slot = this.put(this.hashOf(account, key), this.placeOf(sequence));
    this.changes.push({ table: this.table, slot, place: 0 });
  }

  /** The key stands at another entry from now on. Only for one that was found at `from`. */
  move(account: string, key: string, { from, to }: { readonly from: number; readonly to: number }): void {
    const { table } = this;
    const hash = this.hashOf(account, key);
    const place = this.placeOf(from);
    let slot = this.slotOf(hash);
    while (table.hashes[slot] !== hash || table.places[slot] !== place) slot = this.slotOf(slot + 1);
    table.places[slot] = this.placeOf(to);
    this.changes.push({ table, slot, place });
  }

  /** What changed is in the log for good. */
  keep(): void {
    this.changes.length = 0;
  }

  /** What changed since the last {@link keep} never was: else a log that takes nothing would fill the memory with its tries. */
  undo(): void {
    for (let change = this.changes.pop(); change !== undefined; change = this.changes.pop()) {
      const { table, slot, place } = change;
      table.places[slot] = place;
      if (place === 0) table.size -= 1;
      this.table = table;
    }
  }

  /** The first sequence under which the key may stand for which `isIt` is true. */
  find(account: string, key: string, isIt: (sequence: number) => boolean): number | null {
    const { hashes, places } = this.table;
    const hash = this.hashOf(account, key);
    for (let slot = this.slotOf(hash); places[slot] !== 0; slot = this.slotOf(slot + 1)) {
      const sequence = (places[slot] ?? 0) + this.first - 1;
      if (hashes[slot] === hash && isIt(sequence)) return sequence;
    }
    return null;
  }

  private placeOf(sequence: number): number {
    return sequence - this.first + 1;
  }

  /** @returns the slot */
  private put(hash: number, place: number): number {
    const { table } = this;
    let slot = this.slotOf(hash);
    while (table.places[slot] !== 0) slot = this.slotOf(slot + 1);
    table.hashes[slot] = hash;
    table.places[slot] = place;
    table.size += 1;
    return slot;
  }

  private slotOf(number: number): number {
    return number & (this.slots - 1);
  }

  /** Leaves behind what the log no longer holds, and grows if that was not enough. The table of before stays as it is, for {@link undo}. */
  private makeRoom(): void {
    const { hashes, places } = this.table;
    const oldestPlace = this.placeOf(this.oldest());
    const kept = places.reduce((count, place) => (isKept(place, oldestPlace) ? count + 1 : count), 0);
    let slots = FEWEST_SLOTS;
    while (kept > slots * ROOMY) slots *= 2;
    this.table = emptyTable(slots);
    for (const [slot, place] of places.entries()) {
      if (isKept(place, oldestPlace)) this.put(hashes[slot] ?? 0, place);
    }
  }

  /** FNV-1a over both texts, with a last stir for the low bits, which choose the slot. */
  private hashOf(account: string, key: string): number {
    const hash = stir(stir(this.seed, account), key);
    return (hash ^ (hash >>> 15)) >>> 0;
  }
}

const emptyTable = (slots: number): Table => ({
  hashes: new Uint32Array(slots),
  places: new Uint32Array(slots),
  size: 0,
});

const isKept = (place: number, oldestPlace: number): boolean => place !== 0 && place >= oldestPlace;

function stir(hash: number, text: string): number {
  let stirred = hash;
  for (let index = 0; index < text.length; index += 1) {
    stirred = Math.imul(stirred ^ text.charCodeAt(index), 0x01000193);
  }
  return stirred;
}
