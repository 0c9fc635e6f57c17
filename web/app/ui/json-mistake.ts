/** Why a text is no JSON, for the person who wrote it. */
export interface JsonMistake {
  /** As a heading: no full stop. */
  readonly message: string;
  /** What is wrong there, in a sentence; `null` when nobody says. */
  readonly reason: string | null;
  /** Where something has to be done; `null` when the browser does not say. */
  readonly place: TextPlace | null;
}

/** A place in a text; line and column count from 1, the offset from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/**
 * What the browser found, in words of ours and with one place.
 *
 * @param error What `JSON.parse` threw at the text
 */
export function jsonMistake(text: string, error: unknown): JsonMistake {
  const said = error instanceof Error ? error.message : '';
  const stopped = placeIn(text, said) ?? placeAfterComma(text);
  const comma = commaBefore(text, stopped);
  const place = comma ?? stopped;
  const message =
    place === null
      ? $localize`This is not valid JSON`
      : $localize`This is not valid JSON: line ${place.line}, column ${place.column}`;
  const reason =
    comma === null
      ? reasonFor(text, place, said)
      : $localize`Remove the comma in line ${comma.line}, as nothing follows it.`;
  return { message, place, reason };
}

/** The same in sentences. */
export function jsonMistakeWords(text: string, error: unknown): string {
  const { message, reason } = jsonMistake(text, error);
  return reason === null ? `${message}.` : `${message}. ${reason}`;
}

/** Browsers stop at the bracket; what has to go is the comma before it. `null`: there is none. */
function commaBefore(text: string, stopped: TextPlace | null): TextPlace | null {
  if (stopped === null || !/^[}\]]/.test(text.slice(stopped.offset))) return null;
  const before = text.slice(0, stopped.offset).trimEnd();
  return before.endsWith(',') ? placeAt(text, before.length - 1) : null;
}

/** An early end in words of ours, the others in those of the browser. */
function reasonFor(text: string, place: TextPlace | null, said: string): string | null {
  if (place !== null && text.slice(place.offset).trim() === '') return $localize`The text ends too early.`;
  const words = BROWSERS_REASON.exec(said)?.[1];
  return words === undefined ? null : $localize`The browser says: “${words}”.`;
}

/** Without the name of the function, the place and the piece of text that some browsers add. */
const BROWSERS_REASON =
  /^(?:JSON\.parse: )?(.+?)(?: in JSON)?(?: at (?:position|line) \d|, .*is not valid JSON$)/s;

/** Browsers tell the place in words of their own: “at position 12”, or “at line 2 column 3”. */
function placeIn(text: string, message: string): TextPlace | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return placeAt(text, Number(position));
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return placeOnLine(text, Number(line), Number(column));
  // V8 says “Unexpected end of JSON input” without a place.
  return message.includes('end of JSON') ? placeAt(text, text.length) : null;
}

/** V8 names no place either for a bracket after a comma, the commonest slip of all. */
function placeAfterComma(text: string): TextPlace | null {
  const comma = [...text.matchAll(STRING_OR_LAST_COMMA)].find(([found]) => found.startsWith(','));
  return comma === undefined ? null : placeAt(text, comma.index + comma[0].length);
}

const STRING_OR_LAST_COMMA = /"(?:[^"\\]|\\.)*"|,\s*(?=[}\]])/g;

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

function placeOnLine(text: string, line: number, column: number): TextPlace {
  const before = text.split('\n').slice(0, line - 1);
  const offset = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
  return { line, column, offset };
}
