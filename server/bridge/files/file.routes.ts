import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Router, type Request, type Response } from 'express';

import type { UploadFileAnswer } from '#protocol/bridge-api';
import { MAX_FILE_BYTES, sharedFileTypeOf } from '#protocol/connector/file-sharing';

import type { SendLimit } from '../conversations/send-limit.ts';
import { subjectOf, type SubjectDeps } from '../conversations/conversation-subject.ts';
import { BridgeError } from '../errors/bridge-error.ts';
import { queryParameter } from '../http/parameters.ts';
import { fileHeaders } from './file-answer.ts';
import type { FileToUpload, FileTransfers } from './file-transfers.ts';

export interface FileRoutesDeps extends SubjectDeps {
  readonly files: FileTransfers;
  readonly sends: SendLimit;
}

/** Agents of newer products may send larger files than consumers can. @see PROTOCOL.md §7.3 */
const MAX_DOWNLOAD_BYTES = 16 * 1024 * 1024;

export function fileRoutes({ files, sends, ...deps }: FileRoutesDeps): Router {
  const router = Router();

  router.post('/conversations/:id/files', async (request, response) => {
    const subject = { ...subjectOf(request, deps), signal: goneSignal(response) };
    const file = fileOf(request);
    const answer = await sends.run(subject.conversation, () => files.upload(subject, file));
    response.status(201).json(answer satisfies UploadFileAnswer);
  });

  router.get('/conversations/:id/files', async (request, response) => {
    const subject = { ...subjectOf(request, deps), signal: goneSignal(response) };
    const path = pathOf(request);
    const name = queryParameter(request, 'name');
    const { headers, bytes } = await files.download(subject, path);
    const size = headers['content-length'];
    if (Number(size) > MAX_DOWNLOAD_BYTES) {
      bytes.destroy();
      throw tooLarge();
    }
    response.status(200).set(fileHeaders({ path, name, type: headers['content-type'] }));
    if (size !== undefined) response.set('Content-Length', size);
    await pipeline(bytes, limitedTo(MAX_DOWNLOAD_BYTES), response).catch(cutOff);
  });

  return router;
}

/** @throws BridgeError `unsupported-media-type`, `payload-too-large`, `invalid-request` */
function fileOf(request: Request): FileToUpload {
  const mediaType = (request.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase();
  const fileType = sharedFileTypeOf(mediaType);
  if (fileType === null) {
    throw new BridgeError('unsupported-media-type', 'Files must be PNG, JPG, JPEG or GIF pictures.');
  }
  const sizeBytes = Number(request.get('content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1) {
    throw new BridgeError(
      'invalid-request',
      'Say how large the file is (Content-Length); it must not be empty.',
    );
  }
  if (sizeBytes > MAX_FILE_BYTES) {
    throw new BridgeError('payload-too-large', `A file may have ${MAX_FILE_BYTES / 1024 / 1024} MB.`);
  }
  return { name: nameOf(request), fileType, mediaType, sizeBytes, bytes: request };
}

function nameOf(request: Request): string {
  const name = queryParameter(request, 'name')?.trim() ?? '';
  return name === '' ? 'file' : name.slice(0, 255);
}

function pathOf(request: Request): string {
  const path = queryParameter(request, 'path') ?? '';
  if (path.startsWith('/')) return path;
  throw new BridgeError('invalid-request', 'Name the file by its relativePath, as it was published.', {
    fields: [{ path: 'path', message: 'This must start with a slash.' }],
  });
}

/** Aborted when the browser goes before it has its answer. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function limitedTo(maxBytes: number): Transform {
  let left = maxBytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      left -= chunk.length;
      if (left < 0) done(tooLarge());
      else done(null, chunk);
    },
  });
}

const tooLarge = (): BridgeError =>
  new BridgeError('upstream-failed', 'The storage sent a file that is larger than this bridge passes on.');

/**
 * The head is sent already: all that is left to tell is that the end is missing, and `pipeline` has told it by
 * breaking the connection off. A browser that went away needs no word at all.
 */
function cutOff(): void {
  return;
}
