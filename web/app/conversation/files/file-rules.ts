import { MAX_FILE_BYTES, SHARED_FILE_TYPES } from '#protocol/connector/file-sharing';

/** For the browser's dialog. */
export const ACCEPTED_TYPES = [...new Set(Object.values(SHARED_FILE_TYPES))].join(',');

/** Told before a file is chosen. @see PROTOCOL.md §7.3 */
export const RULE_WORDS = $localize`PNG, JPG or GIF, up to ${MAX_FILE_BYTES / 1024 / 1024} MB`;

/** The same where there is little room. */
export const SHORT_RULE_WORDS = $localize`PNG, JPG, GIF ≤ ${MAX_FILE_BYTES / 1024 / 1024} MB`;

/** So many files wait for being sent; more at once is a mistake of the hand. */
export const MAX_AT_ONCE = 10;

/** So many bytes tell what a file is. */
export const HEAD_BYTES = 12;

/** What a file is by its first bytes; `null`: nothing that can be shared. Names and declared types may be wrong. */
export function pictureTypeOf(head: Uint8Array): string | null {
  const startsWith = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return SHARED_FILE_TYPES.PNG;
  if (startsWith(0xff, 0xd8, 0xff)) return SHARED_FILE_TYPES.JPEG;
  if (startsWith(0x47, 0x49, 0x46, 0x38)) return SHARED_FILE_TYPES.GIF;
  return null;
}

/** Why a file is not taken; `null` when it is. */
export function refusalOf(file: { readonly size: number }, type: string | null): string | null {
  if (file.size === 0) return $localize`The file is empty.`;
  // What can be shared stands below it, beside the button that chooses.
  if (type === null) return $localize`Its content is no PNG, JPG or GIF picture.`;
  // Its size stands beside its name; rounded, it may be the limit itself.
  return file.size > MAX_FILE_BYTES
    ? $localize`It is larger than ${sizeWords(MAX_FILE_BYTES)}, the most that can be shared.`
    : null;
}

/** A size for people. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return $localize`${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? $localize`${Math.round(kilobytes)} KB`
    : $localize`${(kilobytes / 1024).toFixed(1).replace(/\.0$/, '')} MB`;
}
