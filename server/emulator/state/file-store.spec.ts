import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asAccountId } from '#protocol/identifiers';

import { folderFileShelf, memoryFileShelf } from './file-shelf.ts';
import type { FileShelf, StoredFile } from './file-shelf.ts';
import { FileStore } from './file-store.ts';
import { newFilePath } from './file-urls.ts';

const newPath = (): string => newFilePath(asAccountId('demo'), 'ada', { fileType: 'PNG', at: 0 });
const file = (text: string, contentType = 'image/png'): StoredFile => ({
  bytes: Buffer.from(text),
  contentType,
});

describe('The store of shared files (§7)', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'emulator-files-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const shelves: readonly (readonly [string, () => FileShelf])[] = [
    ['in memory', memoryFileShelf],
    ['in a folder', () => folderFileShelf(folder)],
  ];
  for (const [where, shelf] of shelves) {
    describe(where, () => {
      it('gives back the bytes with their content type', async () => {
        const store = new FileStore(shelf());
        const path = newPath();
        await store.put(path, { bytes: Buffer.from([0, 255, 10, 13]), contentType: 'image/gif; x=é' });

        expect(await store.get(path)).toEqual({
          bytes: Buffer.from([0, 255, 10, 13]),
          contentType: 'image/gif; x=é',
        });
        expect(await store.get(newPath())).toBeNull();
      });

      it('replaces a file that is put again', async () => {
        const store = new FileStore(shelf());
        const path = newPath();
        await store.put(path, file('first'));
        await store.put(path, file('second', 'text/plain'));

        expect(await store.get(path)).toEqual(file('second', 'text/plain'));
      });

      it('forgets the oldest beyond its number of files', async () => {
        const store = new FileStore(shelf(), { mostFiles: 2, mostBytes: 1000 });
        const paths = [newPath(), newPath(), newPath()];
        for (const path of paths) await store.put(path, file('x'));

        const kept = await Promise.all(paths.map(async (path) => (await store.get(path)) !== null));
        expect(kept).toEqual([false, true, true]);
      });

      it('forgets the oldest beyond its number of bytes, a replaced file counted once', async () => {
        const store = new FileStore(shelf(), { mostFiles: 10, mostBytes: 10 });
        const [first, second, third] = [newPath(), newPath(), newPath()];
        await store.put(first, file('1234'));
        await store.put(first, file('1234'));
        await store.put(second, file('1234'));
        expect(await store.get(first)).not.toBeNull();
        await store.put(third, file('1234'));

        expect(await store.get(first)).toBeNull();
        expect(await store.get(second)).not.toBeNull();
      });

      it('can forget everything', async () => {
        const store = new FileStore(shelf());
        const path = newPath();
        await store.put(path, file('x'));
        await store.clear();

        expect(await store.get(path)).toBeNull();
      });
    });
  }

  it('finds what an earlier run left in its folder, and counts it', async () => {
    const path = newPath();
    await new FileStore(folderFileShelf(folder)).put(path, file('from before'));

    const store = new FileStore(folderFileShelf(folder), { mostFiles: 1, mostBytes: 1000 });
    expect(await store.get(path)).toEqual(file('from before'));
    await store.put(newPath(), file('x'));
    expect(await store.get(path)).toBeNull();
  });

  it('forgets the oldest of what an earlier run left first', async () => {
    const paths = [newPath(), newPath(), newPath()];
    const earlier = new FileStore(folderFileShelf(folder));
    for (const [age, path] of paths.entries()) {
      await earlier.put(path, file('x'));
      const storedAt = new Date(Date.UTC(2026, 0, 3 - age));
      await utimes(join(folder, 'demo', path.split('/').at(-1) ?? ''), storedAt, storedAt);
    }

    const store = new FileStore(folderFileShelf(folder), { mostFiles: 3, mostBytes: 1000 });
    await store.put(newPath(), file('x'));

    expect(await Promise.all(paths.map(async (path) => (await store.get(path)) !== null))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('leaves a file as it is, to be looked at', async () => {
    const path = newPath();
    await new FileStore(folderFileShelf(folder)).put(path, file('picture'));

    expect(await readFile(join(folder, 'demo', path.split('/').at(-1) ?? ''), 'utf8')).toBe('picture');
  });

  it('removes what a crash left incomplete, and leaves what is not its own', async () => {
    const path = newPath();
    await new FileStore(folderFileShelf(folder)).put(path, file('whole'));
    const name = newPath().split('/').at(-1) ?? '';
    await writeFile(join(folder, 'demo', name), 'no description');
    await writeFile(join(folder, 'demo', `${name}.ab12.part`), 'half');
    await writeFile(join(folder, 'demo', 'notes.txt'), 'mine');
    const damaged = newPath().split('/').at(-1) ?? '';
    await writeFile(join(folder, 'demo', damaged), 'bytes');
    await writeFile(join(folder, 'demo', `${damaged}.json`), '{');

    const store = new FileStore(folderFileShelf(folder));

    expect(await store.get(path)).not.toBeNull();
    const left = await readdir(join(folder, 'demo'));
    expect(left).toContain('notes.txt');
    expect(left).not.toContain(name);
    expect(left).not.toContain(`${name}.ab12.part`);
    expect(left).not.toContain(damaged);
  });

  it('answers nothing for a file that somebody removed by hand', async () => {
    const store = new FileStore(folderFileShelf(folder));
    const path = newPath();
    await store.put(path, file('x'));
    await rm(join(folder, 'demo'), { recursive: true });

    expect(await store.get(path)).toBeNull();
  });
});
