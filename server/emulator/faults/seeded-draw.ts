const GOLDEN = 0x9e3779b9;

/**
 * A number from 0 up to, not including, 1: the same for the same seed, stream and turn, and nothing else.
 *
 * @param stream Draws of one stream do not depend on how often another was drawn from.
 * @param turn How many were drawn from the stream before.
 */
export function seededDraw(seed: number, stream: string, turn: number): number {
  const mixed = scramble((scramble((seed ^ hashOf(stream)) >>> 0) + Math.imul(turn + 1, GOLDEN)) >>> 0);
  return mixed / 2 ** 32;
}

/** Mixes 32 bits so that neighbours come out far apart. */
function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** FNV-1a over the text's units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
