import express, { Router } from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

import type { FileStore } from '../state/file-store.ts';
import { FILES_ROOT, LARGEST_FILE_BYTES, partsOfFilePath } from '../state/file-urls.ts';
import type { FileMethod, FileUrls } from '../state/file-urls.ts';
import { queryText } from './query.ts';

export interface FileStorageDeps {
  readonly files: FileStore;
  readonly fileUrls: FileUrls;
}

/** Bytes as they are: a compressed file is a file. */
const readFileBytes = express.raw({ type: () => true, limit: LARGEST_FILE_BYTES, inflate: false });

/**
 * The object store of shared files, `swift`: pre-signed URLs and nothing else. Comes before whatever reads bodies.
 *
 * @see PROTOCOL.md §7
 */
export function fileStorageRoutes({ files, fileUrls }: FileStorageDeps): Router {
  const router = Router();
  const file = `${FILES_ROOT}/{*path}`;

  router.use(FILES_ROOT, allowBrowsers);

  router.options(file, (_request, response) => {
    response.sendStatus(200);
  });

  router.put(file, requireSignature(fileUrls, 'PUT'), readFileBytes, async (request, response) => {
    await files.put(request.path, { bytes: bytesOf(request), contentType: contentTypeOf(request) });
    response.status(201).end();
  });

  router.get(file, requireSignature(fileUrls, 'GET'), async (request, response) => {
    const stored = await files.get(request.path);
    if (stored) {
      response.set({ 'content-type': stored.contentType, ...HARMLESS }).send(stored.bytes);
    } else {
      refuse(response, 404, 'The resource could not be found.');
    }
  });

  // No signature allows anything else.
  router.all([FILES_ROOT, file], (_request, response) => refuse(response, 401, 'Temp URL invalid'));

  router.use(FILES_ROOT, refuseUpload);
  return router;
}

/** Browsers talk to the object store themselves, from any page. @see PROTOCOL.md §7.1 */
const allowBrowsers: RequestHandler = (_request, response, next) => {
  response.set({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'PUT, GET',
    'access-control-allow-headers': 'content-type',
  });
  next();
};

/** Shown where it is opened, as in the cloud, but an uploaded page runs no script: it would run as one of ours. @see PROTOCOL.md §7.2 */
const HARMLESS = {
  'content-disposition': 'inline',
  'content-security-policy': 'sandbox',
  'x-content-type-options': 'nosniff',
};

/** @see PROTOCOL.md §7.1 */
const requireSignature =
  (fileUrls: FileUrls, method: FileMethod): RequestHandler =>
  (request, response, next) => {
    const temp_url_sig = queryText(request, 'temp_url_sig') ?? '';
    const temp_url_expires = queryText(request, 'temp_url_expires') ?? '';
    const isAllowed =
      partsOfFilePath(request.path) &&
      fileUrls.isValid(method, request.path, { temp_url_sig, temp_url_expires });
    if (isAllowed) next();
    else refuse(response, 401, 'Temp URL invalid');
  };

/** The object store's errors are words, no JSON. @see PROTOCOL.md §7.1 */
function refuse(response: Response, status: number, words: string): void {
  response.status(status).type('html').send(words);
}

const UPLOAD_REFUSALS: ReadonlyMap<unknown, string> = new Map([
  [400, 'The upload broke off.'],
  [413, 'The file is larger than 3 MB.'],
  [415, 'The content encoding is not supported.'],
]);

/** What reading the bytes may throw carries a status; everything else is a defect and goes on. */
const refuseUpload: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  const words = UPLOAD_REFUSALS.get(status);
  if (typeof status === 'number' && words !== undefined) refuse(response, status, words);
  else next(error);
};

function bytesOf({ body }: Request): Buffer {
  const bytes: unknown = body;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
}

/** The upload's own; without one, that of the type in the path. @see PROTOCOL.md §7.2 */
function contentTypeOf(request: Request): string {
  const given = request.get('content-type');
  if (given !== undefined && given !== '') return given;
  return /\.(JPG|JPEG)$/.test(request.path)
    ? 'image/jpeg'
    : `image/${request.path.slice(request.path.lastIndexOf('.') + 1).toLowerCase()}`;
}
