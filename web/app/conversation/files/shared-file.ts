import type { HostedFile } from '#protocol/connector/events';

import { safePicture } from '../structured/safe-addresses';

/** A file in a message, as far as a bubble cares. */
export interface SharedFile {
  readonly name: string;
  readonly path: string;
  /** Shown as a picture, or only to be downloaded. */
  readonly isPicture: boolean;
  /** What it is, in words. */
  readonly kind: string;
  /** Data URL of a bitmap; `null`: none that may be drawn. */
  readonly preview: string | null;
}

const PICTURES = new Set(['PNG', 'JPG', 'JPEG', 'GIF', 'IMG', 'WEBP']);

/** @see PROTOCOL.md §6.3.2 */
const DOCUMENTS: Readonly<Record<string, string | undefined>> = {
  PDF: $localize`PDF document`,
  DOCX: $localize`Word document`,
  XLSX: $localize`Excel table`,
  PPTX: $localize`PowerPoint slides`,
  TXT: $localize`Text file`,
};

export function readSharedFile({ caption, relativePath, fileType, preview }: HostedFile): SharedFile {
  const type = fileType.toUpperCase().slice(0, 16);
  const isPicture = PICTURES.has(type);
  const words = caption?.trim() ?? '';
  return {
    name: words === '' ? relativePath.slice(relativePath.lastIndexOf('/') + 1) : words,
    path: relativePath,
    isPicture,
    kind: isPicture ? $localize`Picture (${type})` : (DOCUMENTS[type] ?? $localize`File of the type ${type}`),
    // An address would tell a stranger who looks at it.
    preview: preview?.startsWith('data:') === true ? safePicture(preview) : null,
  };
}

/** A name under which it can be saved: a caption need not end like a file. */
export function saveName({ name, path }: SharedFile): string {
  const extension = /\.[a-z0-9]{1,8}$/i.exec(path)?.[0].toLowerCase() ?? '';
  return name.toLowerCase().endsWith(extension) ? name : `${name}${extension}`;
}
