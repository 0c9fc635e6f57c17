import type { HostedFile } from '#protocol/connector/events';

import type { Clock } from '../clock.ts';
import type { Account } from './account-state.ts';
import type { FileStore } from './file-store.ts';
import { newFilePath } from './file-urls.ts';
import type { FileType } from './file-urls.ts';

/** A file of an agent. */
export interface FileToShare {
  readonly caption: string;
  readonly fileType: FileType;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Data URL, below 30 KB. */
  readonly preview: string;
}

/** Puts an agent's file into the object store, and says how a message names it. @see PROTOCOL.md §6.3.2, §7 */
export async function shareFile(
  { clock, files }: { readonly clock: Clock; readonly files: FileStore },
  sharing: { readonly account: Account; readonly by: string; readonly file: FileToShare },
): Promise<HostedFile> {
  const { account, by, file } = sharing;
  const { caption, fileType, mediaType, bytes, preview } = file;
  const relativePath = newFilePath(account.id, by, { fileType, at: clock.now() });
  await clock.track(files.put(relativePath, { contentType: mediaType, bytes }));
  return { caption, relativePath, fileType, preview };
}
