/** Schemes that a press on a button may open: pages, mail and telephone. Scripts, data and files never. */
const LINK_SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);
const MAX_LENGTH = 2048;
/** Bitmaps only: other data may hold markup. */
const PICTURE_DATA = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i;
const MAX_PICTURE_DATA = 200_000;

/** The address as it may be opened; `null`: it may not. */
export function safeLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !URL.canParse(value)) return null;
  const url = new URL(value);
  return LINK_SCHEMES.has(url.protocol) && url.username === '' ? url.href : null;
}

/** The address as it may be drawn; `null`: it may not. Unencrypted pictures are not loaded. */
export function safePicture(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.startsWith('data:')) {
    return value.length <= MAX_PICTURE_DATA && PICTURE_DATA.test(value) ? value : null;
  }
  if (value.length > MAX_LENGTH || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' ? url.href : null;
}

/** Where a place is shown. */
export const placeLink = (la: number, lo: number): string =>
  `https://www.google.com/maps/search/?api=1&query=${la},${lo}`;

/** What an address is, in a word, for a note about one that is not opened. */
export const schemeOf = (value: unknown): string =>
  typeof value === 'string'
    ? (/^\s*([a-z][a-z0-9+.-]{0,20}):/i.exec(value)?.[1] ?? $localize`no scheme`)
    : $localize`no text`;
