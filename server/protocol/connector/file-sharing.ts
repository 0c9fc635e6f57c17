/** File types that the Connector API takes, each with its media type. @see PROTOCOL.md §7.3 */
export const SHARED_FILE_TYPES = {
  PNG: 'image/png',
  JPG: 'image/jpeg',
  JPEG: 'image/jpeg',
  GIF: 'image/gif',
} as const;

export type SharedFileType = keyof typeof SHARED_FILE_TYPES;

/** Largest file, in bytes. @see PROTOCOL.md §7.3 */
export const MAX_FILE_BYTES = 3 * 1024 * 1024;

/** A preview's data URL stays below, in characters. @see PROTOCOL.md §6.3.2 */
export const MAX_PREVIEW_CHARACTERS = 30 * 1024;

/** Where a file may be put or fetched for about a minute; the pair signs one of both. @see PROTOCOL.md §6.5 */
export interface FileUrl {
  readonly relativePath: string;
  readonly queryParams: { readonly temp_url_sig: string; readonly temp_url_expires: string };
}

/** The type to declare for a media type; `null`: it cannot be shared. */
export function sharedFileTypeOf(mediaType: string): SharedFileType | null {
  switch (mediaType.toLowerCase()) {
    case 'image/png':
      return 'PNG';
    case 'image/jpeg':
    case 'image/jpg':
      return 'JPEG';
    case 'image/gif':
      return 'GIF';
    default:
      return null;
  }
}
