/** Types that a browser shows as a picture and nothing else. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

const BY_EXTENSION: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

const OCTETS = 'application/octet-stream';

/** What is known of a file that somebody in the conversation has shared. */
export interface SharedFile {
  readonly path: string;
  /** As its sender calls it; `null`: unnamed. */
  readonly name: string | null;
  /** `Content-Type` of the storage, if it told one. */
  readonly type: string | undefined;
}

/**
 * Headers under which a file of somebody else may be served by this address: a picture stays one, everything else is
 * a download, so that nothing shared can become a page or a script of ours.
 */
export function fileHeaders({ path, name, type }: SharedFile): Record<string, string> {
  const safe = safeType(type, path);
  const disposition = safe === OCTETS ? 'attachment' : 'inline';
  return {
    'Content-Type': safe,
    'Content-Disposition': `${disposition}; ${fileNameParameters(name ?? lastPart(path))}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  };
}

function safeType(given: string | undefined, path: string): string {
  const type = (given ?? '').split(';', 1).join('').trim().toLowerCase();
  if (PICTURES.has(type)) return type;
  const isUnknown = type === '' || type === OCTETS || type === 'binary/octet-stream';
  return (isUnknown ? BY_EXTENSION[extensionOf(path)] : undefined) ?? OCTETS;
}

const extensionOf = (path: string): string => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Plain for old programs, the true name for others. @see RFC 6266 */
function fileNameParameters(name: string): string {
  const clean = name.replaceAll(/[\p{Cc}/\\]/gu, '').slice(0, 200);
  const plain = clean.replaceAll(/[^\w .()-]/g, '_') || 'file';
  return `filename="${plain}"; filename*=UTF-8''${encodeExtended(clean || 'file')}`;
}

const encodeExtended = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
