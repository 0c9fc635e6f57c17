/** A member of something that came from outside. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** The text, cut where nobody reads on; `null` when it is none. */
export function textOf(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null;
  return value.length > maxLength ? `${value.slice(0, maxLength - 1)}…` : value;
}

export const finiteOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

export const clamped = (value: unknown, least: number, most: number): number | null => {
  const number = finiteOf(value);
  return number === null ? null : Math.min(most, Math.max(least, number));
};

/** One of the words that are known, else `null`. */
export const oneOf = <Word extends string>(value: unknown, words: readonly Word[]): Word | null =>
  words.find((word) => word === value) ?? null;

/** The renderer writes texts as markup: whatever stands in them is shown, never read as such. */
export const asMarkup = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names, hex values and the plain functions of colours: nothing in which another property could hide. */
const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,25}|(?:rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i;

const COLOURS = ['color', 'background-color', 'border-color', 'border-color-selected', 'fill'] as const;

/** What the renderer may put into a style attribute. @see PROTOCOL.md §12.2 */
export function safeStyle(value: unknown): Fields {
  const style = fieldsOf(value);
  const safe: Record<string, unknown> = {};
  for (const name of COLOURS) {
    const colour = style[name];
    if (typeof colour === 'string' && COLOUR.test(colour) && CSS.supports('color', colour))
      safe[name] = colour;
  }
  const radius = clamped(style['border-radius'], 0, 50);
  if (radius !== null) safe['border-radius'] = radius;
  const size = oneOf(style['size'], ['small', 'medium', 'large']);
  if (size !== null) safe['size'] = size;
  if (style['bold'] === true) safe['bold'] = true;
  if (style['italic'] === true) safe['italic'] = true;
  return safe;
}

/** Whether the sender chose colours: such content is drawn on the ground it was made for. */
export const hasColours = (style: Fields): boolean => COLOURS.some((name) => name in style);
