import type { HostedFile } from '#protocol/connector/events';
import type { ConversationId } from '#protocol/identifiers';

import type { FileSending } from '../bridge/file-client';

/** Files through the bridge, by hand: an upload waits until the spec lets it go on. */
export class FakeFileClient {
  readonly uploads: { readonly id: ConversationId; readonly sending: FileSending }[] = [];
  readonly downloads: { readonly id: ConversationId; readonly path: string; readonly name: string }[] = [];
  /** What a download gets; an error is thrown. */
  answer: Blob | Error = new Blob();
  private settle: {
    readonly resolve: (file: HostedFile) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  upload(id: ConversationId, sending: FileSending): Promise<HostedFile> {
    this.uploads.push({ id, sending });
    return new Promise((resolve, reject) => {
      this.settle.push({ resolve, reject });
      sending.signal.addEventListener('abort', () => reject(new Error('cancelled')));
    });
  }

  /** Ends the oldest upload that is under way. */
  finish(result: HostedFile | Error): void {
    const settle = this.settle.shift();
    if (result instanceof Error) settle?.reject(result);
    else settle?.resolve(result);
  }

  download(id: ConversationId, { path, name }: { path: string; name: string }): Promise<Blob> {
    this.downloads.push({ id, path, name });
    return this.answer instanceof Error ? Promise.reject(this.answer) : Promise.resolve(this.answer);
  }
}

/** A real picture, drawn now. */
export async function drawPicture({
  width = 40,
  height = 30,
  type = 'image/png',
  name = 'cat.png',
} = {}): Promise<File> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext('2d')!;
  // Noise: what cannot be compressed shows whether limits hold.
  for (let x = 0; x < width; x += 4) {
    for (let y = 0; y < height; y += 4) {
      pen.fillStyle = `hsl(${(x * 7919 + y * 104729) % 360} 90% ${30 + ((x * y) % 50)}%)`;
      pen.fillRect(x, y, 4, 4);
    }
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type));
  return new File([blob!], name, { type });
}
