import { MAX_PREVIEW_CHARACTERS } from '#protocol/connector/file-sharing';

/** Longer side and quality, from the best on; the first that is small enough is taken. */
const STEPS = [
  { side: 320, quality: 0.8 },
  { side: 240, quality: 0.7 },
  { side: 160, quality: 0.6 },
  { side: 80, quality: 0.5 },
] as const;

/** A damaged picture must not be waited for. */
const PATIENCE_MS = 10_000;

/**
 * A small picture of a picture, as a data URL below the cloud's limit.
 *
 * @throws when it cannot be drawn: damaged, or no picture after all
 * @see PROTOCOL.md §6.3.2
 */
export async function makePreview(file: Blob): Promise<string> {
  const picture = await withPatience(createImageBitmap(file));
  try {
    for (const { side, quality } of STEPS) {
      const preview = draw(picture, side, quality);
      if (preview.length < MAX_PREVIEW_CHARACTERS) return preview;
    }
    throw new Error('no preview is small enough');
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, side: number, quality: number): string {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser cannot draw');
  // JPEG knows no transparency: it would turn black.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', quality);
}

async function withPatience<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it takes too long')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
