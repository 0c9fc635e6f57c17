import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What a folder's files weigh as they are and compressed, in bytes. */
export interface CompressedSizes {
  readonly files: number;
  readonly plainBytes: number;
  readonly gzipBytes: number;
  readonly brotliBytes: number;
}

/** Fonts and images are compressed formats already. */
const COMPRESSIBLE = '**/*.{js,css,html,svg,json,txt,webmanifest}';

/** Below this, headers weigh more than what is saved. */
const MIN_BYTES = 1024;

/**
 * Writes a `.gz` and a `.br` beside each text file of `folder`, so that the server compresses nothing while it answers.
 * Build once, serve often: the slowest, densest setting of both.
 */
export function precompress(folder: string): CompressedSizes {
  const sizes = globSync(COMPRESSIBLE, { cwd: folder })
    .map((path) => join(folder, path))
    .map((path) => ({ path, plain: readFileSync(path) }))
    .filter(({ plain }) => plain.length >= MIN_BYTES)
    .map(({ path, plain }) => compressFile(path, plain));
  const sum = (of: (size: FileSizes) => number) => sizes.reduce((total, size) => total + of(size), 0);
  return {
    files: sizes.length,
    plainBytes: sum((size) => size.plain),
    gzipBytes: sum((size) => size.gzip),
    brotliBytes: sum((size) => size.brotli),
  };
}

interface FileSizes {
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
}

function compressFile(path: string, plain: Buffer): FileSizes {
  const gzip = gzipSync(plain, { level: constants.Z_BEST_COMPRESSION });
  const brotli = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  writeFileSync(`${path}.gz`, gzip);
  writeFileSync(`${path}.br`, brotli);
  return { plain: plain.length, gzip: gzip.length, brotli: brotli.length };
}
