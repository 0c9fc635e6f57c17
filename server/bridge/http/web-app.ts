import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

import { Router, type Request, type Response } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import { styleNonceOf } from './security-headers.ts';

/** Names that the build derives from the content: such a file never changes. */
const HASHED_NAME = /^(.+-[\w-]{8}\.(js|css)|media\/.+-[\w-]{8}\.\w+)$/;
const ASSET = /\.(js|mjs|css|map|json|txt|ico|png|jpe?g|gif|svg|webp|avif|woff2?|webmanifest)$/i;
const COMPRESSED = { br: '.br', gzip: '.gz' } as const;

const NOT_BUILT = `<!doctype html><html lang="en"><title>Not built</title><h1>The web app is not built yet</h1>
<p>Run <code>npm run build</code> once, then load this page again. <code>npm run start-local</code> does it all.</p></html>`;

export interface WebAppDeps {
  /** The folder of the built app. */
  readonly webRoot: string;
  readonly isSignedIn: (request: Request) => boolean;
}

/** Serves the built web app; every path that is no file gets its page, whose router knows what to show. */
export function webApp({ webRoot, isSignedIn }: WebAppDeps): Router {
  const router = Router();
  router.get('/{*path}', async (request, response) => {
    const file = fileOf(webRoot, request.path);
    if (file !== null && file !== 'index.html' && (await isFile(join(webRoot, file)))) {
      await sendFile(request, response, { webRoot, file });
    } else if (ASSET.test(request.path)) {
      throw new BridgeError('not-found', 'There is no such file.');
    } else {
      const first = firstPageOf(request.path, isSignedIn(request));
      await sendPage(request, response, { webRoot, first });
    }
  });
  return router;
}

/** The path inside the folder; `null` when it would leave it or is hidden. */
function fileOf(webRoot: string, path: string): string | null {
  const decoded = decodeURIComponent(path);
  if (decoded.includes('\0') || decoded.includes('/.')) return null;
  const file = normalize(join(webRoot, decoded));
  return file.startsWith(webRoot + sep) ? file.slice(webRoot.length + 1) : null;
}

async function sendFile(
  request: Request,
  response: Response,
  { webRoot, file }: { readonly webRoot: string; readonly file: string },
): Promise<void> {
  const encoding = await encodingOf(request, join(webRoot, file));
  response.set('Cache-Control', HASHED_NAME.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.vary('Accept-Encoding').type(extname(file));
  if (encoding !== null) response.set('Content-Encoding', encoding);
  const name = encoding === null ? file : file + COMPRESSED[encoding];
  await new Promise<void>((resolve, reject) => {
    response.sendFile(name, { root: webRoot, cacheControl: false }, (error) => {
      // A reader that left in the middle is no failure of ours.
      if (error instanceof Error && !response.headersSent)
        reject(new BridgeError('not-found', 'There is no such file.'));
      else resolve();
    });
  });
}

/** The best encoding that the reader takes and the build has made. */
async function encodingOf(request: Request, path: string): Promise<keyof typeof COMPRESSED | null> {
  for (const encoding of ['br', 'gzip'] as const) {
    const isAccepted = request.acceptsEncodings(encoding) === encoding;
    if (isAccepted && (await isFile(path + COMPRESSED[encoding]))) return encoding;
  }
  return null;
}

async function sendPage(
  request: Request,
  response: Response,
  { webRoot, first }: { readonly webRoot: string; readonly first: FirstPage },
): Promise<void> {
  response.set('Cache-Control', 'no-cache').vary('Cookie').vary('Accept-Encoding').type('html');
  const page = await pageOf(webRoot);
  if (page === null) {
    response.status(503).send(NOT_BUILT);
    return;
  }
  const nonce = styleNonceOf(response);
  const html = page
    .replace('<html', `<html data-first="${first}"`)
    .replace('<style', `<style nonce="${nonce}"`)
    .replace('<app-root', `<app-root ngCspNonce="${nonce}"`);
  if (request.acceptsEncodings('br') === 'br') {
    response.set('Content-Encoding', 'br').send(await compress(html, QUICKLY));
  } else {
    response.send(html);
  }
}

const compress = promisify(brotliCompress);
/** The page differs in each answer, so that it cannot be compressed beforehand. */
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

type FirstPage = 'sign-in' | 'apps' | 'other';

/** How the page begins until the app has loaded: as the page that the app will show. */
function firstPageOf(path: string, isSignedIn: boolean): FirstPage {
  // At the start only the browser knows where somebody was who is signed in.
  if (isSignedIn) return path === '/apps' ? 'apps' : 'other';
  return NEEDS_SIGN_IN.test(path) ? 'sign-in' : 'other';
}

const NEEDS_SIGN_IN = /^\/($|(sign-in|apps|setup|workbench)(\/|$))/;

async function pageOf(webRoot: string): Promise<string | null> {
  try {
    return await readFile(join(webRoot, 'index.html'), 'utf8');
  } catch {
    return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
