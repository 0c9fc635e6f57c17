import { MAX_FILE_BYTES } from '#protocol/connector/file-sharing';

import { drawPicture } from '../../testing/fake-file-client';
import { makePreview } from './file-preview';
import { ACCEPTED_TYPES, pictureTypeOf, refusalOf, sizeWords } from './file-rules';
import { readSharedFile, saveName } from './shared-file';

const headOf = async (file: Blob): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, 12).arrayBuffer());

describe('which files can be shared', () => {
  it('is told by their bytes, whatever they are called', async () => {
    expect(pictureTypeOf(await headOf(await drawPicture({ name: 'a.txt' })))).toBe('image/png');
    expect(pictureTypeOf(await headOf(await drawPicture({ type: 'image/jpeg' })))).toBe('image/jpeg');
    expect(pictureTypeOf(new TextEncoder().encode('GIF89a……'))).toBe('image/gif');
    expect(pictureTypeOf(new TextEncoder().encode('<svg onload=x>'))).toBeNull();
    expect(pictureTypeOf(new Uint8Array())).toBeNull();
  });

  it('says why one cannot', () => {
    expect(refusalOf({ size: 10 }, 'image/png')).toBeNull();
    expect(refusalOf({ size: MAX_FILE_BYTES }, 'image/png')).toBeNull();
    expect(refusalOf({ size: 0 }, null)).toContain('empty');
    expect(refusalOf({ size: 10 }, null)).toBe('Its content is no PNG, JPG or GIF picture.');
    expect(refusalOf({ size: MAX_FILE_BYTES * 2 }, 'image/png')).toBe(
      'It is larger than 3 MB, the most that can be shared.',
    );
    expect(ACCEPTED_TYPES).toBe('image/png,image/jpeg,image/gif');
    expect([999, 2048, 1_500_000].map(sizeWords)).toEqual(['999 bytes', '2 KB', '1.4 MB']);
  });
});

describe('a preview', () => {
  it('is a small picture of the picture, below 30 KB whatever its size and noise', async () => {
    const preview = await makePreview(await drawPicture({ width: 1600, height: 900 }));
    const image = new Image();
    image.src = preview;
    await image.decode();

    expect(preview).toMatch(/^data:image\/jpeg;base64,/);
    expect(preview.length).toBeLessThan(30 * 1024);
    expect(image.naturalWidth).toBeLessThan(321);
    expect(Math.abs(image.naturalWidth / image.naturalHeight - 16 / 9)).toBeLessThan(0.05);
  });

  it('does not blow small pictures up', async () => {
    const image = new Image();
    image.src = await makePreview(await drawPicture({ width: 20, height: 10 }));
    await image.decode();

    expect([image.naturalWidth, image.naturalHeight]).toEqual([20, 10]);
  });

  it('of a damaged picture fails instead of waiting', async () => {
    const whole = await drawPicture();

    await expectAsync(makePreview(whole.slice(0, 20))).toBeRejected();
  });
});

describe('a file in a message', () => {
  const hosted = { relativePath: '/v1/AUTH_async-images/demo/a_uuid_1.PNG', fileType: 'PNG' };

  it('is a picture, a document or what it says it is', () => {
    expect(readSharedFile(hosted)).toEqual({
      name: 'a_uuid_1.PNG',
      path: hosted.relativePath,
      isPicture: true,
      kind: 'Picture (PNG)',
      preview: null,
    });
    expect(readSharedFile({ ...hosted, fileType: 'pdf' }).kind).toBe('PDF document');
    expect(readSharedFile({ ...hosted, fileType: 'EXE' })).toEqual(
      jasmine.objectContaining({ kind: 'File of the type EXE', isPicture: false }),
    );
  });

  it('shows a preview only when it is data of a bitmap', () => {
    const bitmap = 'data:image/png;base64,iVBORw0K';
    expect(readSharedFile({ ...hosted, preview: bitmap }).preview).toBe(bitmap);
    for (const preview of [
      'https://example.com/spy.png',
      'data:image/svg+xml;base64,PHN2Zz4=',
      'javascript:x',
    ]) {
      expect(readSharedFile({ ...hosted, preview }).preview)
        .withContext(preview)
        .toBeNull();
    }
  });

  it('is saved under its caption, with the ending of what it is', () => {
    expect(saveName(readSharedFile({ ...hosted, caption: 'My cat' }))).toBe('My cat.png');
    expect(saveName(readSharedFile({ ...hosted, caption: 'cat.PNG' }))).toBe('cat.PNG');
  });
});
