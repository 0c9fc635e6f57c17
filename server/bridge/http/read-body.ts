import type { IncomingMessage } from 'node:http';

import { BridgeError } from '../errors/bridge-error.ts';

/**
 * The bytes of the body as they came, whatever type they claim to have. Nothing is inflated.
 *
 * @throws BridgeError `payload-too-large`, `unsupported-media-type`, or `invalid-request` when it breaks off
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    return Promise.reject(
      new BridgeError('unsupported-media-type', 'Send the body without a content encoding.'),
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return collect(request, maxBytes);
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    // Each is told once or never where it matters; `once` would make a function more for each.
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= maxBytes) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', (cause) => reject(brokenOff(cause)));
  });
}

const tooLarge = (): BridgeError =>
  new BridgeError('payload-too-large', 'The body is larger than this address takes.');

const brokenOff = (cause: unknown): BridgeError =>
  new BridgeError('invalid-request', 'The request ended before its body was complete.', { cause });
