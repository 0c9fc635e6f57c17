import { crc32, deflateSync } from 'node:zlib';

import type { FileToShare } from '../state/file-sharing.ts';

const WIDTH = 160;
const HEIGHT = 120;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Side of one tile, in pixels. */
const TILE = 20;

/** A small picture made here, so that agents have something to send: tiles in all shades. */
export function demoPicture(): FileToShare {
  const shade = (position: number, size: number): number => (Math.floor(position / TILE) * TILE * 255) / size;
  const bytes = pngOf(WIDTH, HEIGHT, (x, y) => [shade(x, WIDTH), shade(y, HEIGHT), 180]);
  const preview = `data:image/png;base64,${bytes.toString('base64')}`;
  return { caption: 'colours.png', fileType: 'PNG', mediaType: 'image/png', bytes, preview };
}

type Colour = readonly [red: number, green: number, blue: number];

function pngOf(width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of red, green and blue; nothing interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const lines = Array.from({ length: height }, (_line, y) => {
    const pixels = Array.from({ length: width }, (_pixel, x) => colourAt(x, y)).flat();
    return Buffer.from([0, ...pixels.map(Math.round)]);
  });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
