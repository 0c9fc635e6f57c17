import { randomInt } from 'node:crypto';

/** Slots of an empty table; a power of two, as every size. */
const FEWEST_SLOTS = 1_024;
/** A table fuller than this is made anew… */
const FULL = 3 / 4;
/** …so large that it is at most this full. */
const ROOMY = 3 / 8;

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
  private hashes = new Uint32Array(FEWEST_SLOTS);
  /** Distance of the entry from the log's first, from 1 on; 0: the slot is empty. */
  private places = new Uint32Array(FEWEST_SLOTS);
  private size = 0;

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
    return this.places.length;
  }

  add(account: string, key: string, sequence: number): void {
    if (this.size >= this.places.length * FULL) this.makeRoom();
    this.put(this.hashOf(account, key), sequence - this.first + 1);
  }

  /** The first sequence under which the key may stand for which `isIt` is true. */
  find(account: string, key: string, isIt: (sequence: number) => boolean): number | null {
    const hash = this.hashOf(account, key);
    for (let slot = this.slotOf(hash); this.places[slot] !== 0; slot = this.slotOf(slot + 1)) {
      const sequence = (this.places[slot] ?? 0) + this.first - 1;
      if (this.hashes[slot] === hash && isIt(sequence)) return sequence;
    }
    return null;
  }

  private put(hash: number, place: number): void {
    let slot = this.slotOf(hash);
    while (this.places[slot] !== 0) slot = this.slotOf(slot + 1);
    this.hashes[slot] = hash;
    this.places[slot] = place;
    this.size += 1;
  }

  private slotOf(number: number): number {
    return number & (this.places.length - 1);
  }

  /** Leaves behind what the log no longer holds, and grows if that was not enough. */
  private makeRoom(): void {
    const { hashes, places } = this;
    const oldestPlace = this.oldest() - this.first + 1;
    const kept = places.reduce((count, place) => (isKept(place, oldestPlace) ? count + 1 : count), 0);
    let slots = FEWEST_SLOTS;
    while (kept > slots * ROOMY) slots *= 2;
    this.hashes = new Uint32Array(slots);
    this.places = new Uint32Array(slots);
    this.size = 0;
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

const isKept = (place: number, oldestPlace: number): boolean => place !== 0 && place >= oldestPlace;

function stir(hash: number, text: string): number {
  let stirred = hash;
  for (let index = 0; index < text.length; index += 1) {
    stirred = Math.imul(stirred ^ text.charCodeAt(index), 0x01000193);
  }
  return stirred;
}
