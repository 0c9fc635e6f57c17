export interface JsonLimits {
  readonly maxDepth: number;
  /** Members of objects and items of lists, all together. */
  readonly maxMembers: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const OPENERS = new Set([BRACKET, BRACE]);
const CLOSERS = new Set([0x5d, 0x7d]);

/**
 * Whether JSON text nests deeper or holds more than allowed. Looks at its bytes only, before anything is built of
 * them; of text that is no JSON it says something, and the parser says the rest.
 */
export function isTooComplex(json: Uint8Array, limits: JsonLimits): boolean {
  const isSimple =
    json.length <= limits.maxMembers && count(json, BRACKET) + count(json, BRACE) <= limits.maxDepth;
  return !isSimple && exceeds(json, limits);
}

function exceeds(json: Uint8Array, { maxDepth, maxMembers }: JsonLimits): boolean {
  let depth = 0;
  let members = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index] ?? 0;
    if (byte === QUOTE) index = endOfText(json, index);
    else if (byte === COMMA) members += 1;
    else if (CLOSERS.has(byte)) depth -= 1;
    else if (OPENERS.has(byte)) {
      depth += 1;
      members += 1;
    }
    if (depth > maxDepth || members > maxMembers) return true;
  }
  return false;
}

/** How often the byte occurs, in texts too: few enough openers cannot nest too deep. Most texts hold few, so it leaps. */
function count(json: Uint8Array, byte: number): number {
  let found = 0;
  for (let at = json.indexOf(byte); at !== -1; at = json.indexOf(byte, at + 1)) found += 1;
  return found;
}

/** Index of the quote that ends the text which begins at `start`. */
function endOfText(json: Uint8Array, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (json[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}
