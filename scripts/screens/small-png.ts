import { deflateSync, inflateSync, crc32 } from 'node:zlib';

/**
 * The same picture with a palette of at most 256 colours, about a third of the size.
 *
 * Where there are more, colours that are close to each other become the most frequent of them: surfaces stay exact, and only
 * the edges of letters change by a shade. A picture that would change by more, for its colour emoji or its photographs, stays
 * as it is.
 *
 * @param png Eight bits per channel, RGB or RGBA, not interlaced: what Chromium writes.
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colours } = decode(png);
  const { palette, indexes, farPixels } = reduce(colours);
  if (farPixels > MOST_FAR_PIXELS) return png;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const body = [
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
  ];
  return Buffer.concat([SIGNATURE, ...body, chunk('IEND', Buffer.alloc(0))]);
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** One number per pixel: red, green and blue. */
  readonly colours: Uint32Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAX_COLOURS = 256;
/** A colour that differs by more than this in a channel is seen as another one … */
const FAR = 24;
/** … where there are more pixels of it than these. */
const MOST_FAR_PIXELS = 300;

function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels);
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel += 1)
    colours[pixel] = bytes.readUIntBE(pixel * channels, 3);
  return { width, height, colours };
}

/**
 * Undoes what each row was predicted by: the pixel before, the one above, or both.
 *
 * Works in a frame of zeros, one row above and one pixel to the left, which is what the edges are predicted by.
 */
function unfilter(rows: Buffer, rowBytes: number, channels: number): Buffer {
  const height = rows.length / (rowBytes + 1);
  const framed = rowBytes + channels;
  const out = Buffer.alloc(framed * (height + 1));
  for (let y = 0; y < height; y += 1) {
    const source = y * (rowBytes + 1);
    const filter = rows.readUInt8(source);
    for (let x = 0; x < rowBytes; x += 1) {
      const at = (y + 1) * framed + channels + x;
      const [left, above, corner] = [at - channels, at - framed, at - framed - channels];
      const guess = predicted(filter, out.readUInt8(left), out.readUInt8(above), out.readUInt8(corner));
      out[at] = rows.readUInt8(source + 1 + x) + guess;
    }
  }
  const plain = Array.from({ length: height }, (_, y) =>
    out.subarray((y + 1) * framed + channels, (y + 2) * framed),
  );
  return Buffer.concat(plain);
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return nearest(left + above - corner, [left, above, corner]);
    default:
      return 0;
  }
}

function nearest(to: number, among: readonly number[]): number {
  return among.reduce((best, each) => (Math.abs(to - each) < Math.abs(to - best) ? each : best));
}

interface Reduced {
  readonly palette: Buffer;
  readonly indexes: Uint8Array;
  /** How many pixels got a colour that is seen as another one. */
  readonly farPixels: number;
}

function reduce(colours: Uint32Array): Reduced {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const frequent = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const kept = keepAtMost(frequent, MAX_COLOURS);
  const positions = new Map([...new Set(kept.values())].map((colour, index) => [colour, index]));
  const palette = Buffer.alloc(positions.size * 3);
  for (const [colour, index] of positions) palette.writeUIntBE(colour, index * 3, 3);
  const indexes = Uint8Array.from(colours, (colour) => positions.get(kept.get(colour) ?? 0) ?? 0);
  const far = [...counts].filter(([colour]) => isFar(colour, kept.get(colour) ?? colour));
  return { palette, indexes, farPixels: far.reduce((sum, [, count]) => sum + count, 0) };
}

const isFar = (one: number, other: number): boolean =>
  [16, 8, 0].some((shift) => Math.abs(((one >> shift) & 0xff) - ((other >> shift) & 0xff)) > FAR);

/** Which colour stands for each: surfaces for themselves; for the others the grid gets coarser until few enough are left. */
function keepAtMost(frequentFirst: readonly number[], most: number): ReadonlyMap<number, number> {
  for (let step = 1; ; step += 1) {
    const cells = new Map<number, number>();
    const kept = new Map<number, number>();
    for (const [rank, colour] of frequentFirst.entries()) {
      const cell = cellOf(colour, step);
      kept.set(colour, rank < most / 2 ? colour : (cells.get(cell) ?? colour));
      if (!cells.has(cell)) cells.set(cell, colour);
    }
    if (new Set(kept.values()).size <= most) return kept;
  }
}

function cellOf(colour: number, step: number): number {
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
  return (Math.round(red / step) << 16) | (Math.round(green / step) << 8) | Math.round(blue / step);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
