import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { smallPng } from './small-png.ts';

type Pixel = readonly [red: number, green: number, blue: number];
type Row = readonly Pixel[];

const FILTERS = { none: 0, left: 1, above: 2, average: 3, paeth: 4 } as const;

const CORNER: Row = [
  [100, 100, 100],
  [110, 110, 110],
  [80, 80, 80],
];

describe('a picture that is made small', () => {
  const coloured = (width: number, height: number, colour: (x: number, y: number) => Pixel): readonly Row[] =>
    Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_each, x) => colour(x, y)));

  /** Few colours, each next to others; in the corner two predictions are equally near. */
  const surfaces = coloured(40, 30, (x, y) => {
    if (x + y < 2) return CORNER[x + 2 * y] ?? [0, 0, 0];
    return x < 12 ? [250, 251, 252] : y < 9 ? [13, 20, 33] : x === y ? [196, 62, 10] : [255, 255, 255];
  });

  for (const [name, filter] of Object.entries(FILTERS)) {
    for (const channels of [3, 4] as const) {
      it(`is the same, pixel for pixel, of ${channels} channels and rows predicted by “${name}”`, () => {
        const small = smallPng(encode(surfaces, channels, filter));

        expect(decodeWithPalette(small)).toEqual(surfaces);
      });
    }
  }

  it('has one byte for a pixel instead of three or four', () => {
    const small = smallPng(encode(surfaces, 4, FILTERS.none));

    expect([small[24], small[25]]).toEqual([8, 3]);
    expect(small.length).toBeLessThan(encode(surfaces, 4, FILTERS.none).length);
  });

  it('keeps its surfaces exactly where it has too many colours, and changes the others by a shade', () => {
    const shades = coloured(64, 64, (x, y) =>
      y < 48 ? [245, 246, 248 + (y % 2)] : [200 + (x % 32), 200 + (y % 16), 200 + ((x + y) % 32)],
    );
    expect(new Set(shades.flat().map(String)).size).toBeGreaterThan(256);

    const small = decodeWithPalette(smallPng(encode(shades, 3, FILTERS.none)));

    expect(small.slice(0, 48)).toEqual(shades.slice(0, 48));
    expect(new Set(small.flat().map(String)).size).toBeLessThanOrEqual(256);
    expect(farthest(small, shades)).toBeLessThanOrEqual(24);
  });

  it('stays as it is where it would lose colours that one sees', () => {
    const photograph = coloured(64, 64, (x, y) => [x * 4, y * 4, (x * 37 + y * 91) % 256]);
    const png = encode(photograph, 3, FILTERS.none);

    expect(smallPng(png)).toBe(png);
  });
});

function farthest(one: readonly Row[], other: readonly Row[]): number {
  const channels = one.flat().flat();
  const others = other.flat().flat();
  return channels.reduce((most, value, at) => Math.max(most, Math.abs(value - (others[at] ?? 0))), 0);
}

/** What Chromium writes: eight bits per channel, each row predicted in the way that its first byte names. */
function encode(rows: readonly Row[], channels: 3 | 4, filter: number): Buffer {
  const plain = rows.map((row) => row.flatMap((pixel) => (channels === 4 ? [...pixel, 255] : [...pixel])));
  const width = rows[0]?.length ?? 0;
  const lines = plain.map((line, y) =>
    Buffer.from([
      filter,
      ...line.map((byte, x) => {
        const left = line[x - channels] ?? 0;
        const above = plain[y - 1]?.[x] ?? 0;
        const corner = x < channels ? 0 : (plain[y - 1]?.[x - channels] ?? 0);
        return (byte - guess(filter, left, above, corner)) & 0xff;
      }),
    ]),
  );
  return png(width, rows.length, channels === 4 ? 6 : 2, [['IDAT', deflateSync(Buffer.concat(lines))]]);
}

/** The five predictions as the PNG specification words them (§9). */
function guess(filter: number, a: number, b: number, c: number): number {
  const paeth = [a, b, c].toSorted(
    (one, other) => Math.abs(a + b - c - one) - Math.abs(a + b - c - other),
  )[0];
  return [0, a, b, Math.floor((a + b) / 2), paeth ?? 0][filter] ?? 0;
}

function png(width: number, height: number, colourType: number, parts: readonly [string, Buffer][]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType], 8);
  const all = [['IHDR', header] as const, ...parts, ['IEND', Buffer.alloc(0)] as const];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...all.map(chunk)]);
}

function chunk([type, data]: readonly [string, Buffer]): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Reads what was made small: one byte per pixel, no prediction. Each part must carry its checksum. */
function decodeWithPalette(file: Buffer): readonly Row[] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    const named = file.subarray(at + 4, at + 8 + file.readUInt32BE(at));
    expect(file.readUInt32BE(at + 4 + named.length)).toBe(crc32(named));
    parts.set(named.toString('latin1', 0, 4), named.subarray(4));
  }
  const part = (type: string): Buffer => parts.get(type) ?? Buffer.alloc(0);
  const [width, height] = [part('IHDR').readUInt32BE(0), part('IHDR').readUInt32BE(4)];
  const [palette, rows] = [part('PLTE'), inflateSync(part('IDAT'))];
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_each, x): Pixel => {
      const colour = rows.readUInt8(y * (width + 1) + 1 + x) * 3;
      return [palette.readUInt8(colour), palette.readUInt8(colour + 1), palette.readUInt8(colour + 2)];
    }),
  );
}
