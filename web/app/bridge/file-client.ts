import { Service, inject } from '@angular/core';

import type { UploadFileAnswer } from '#protocol/bridge-api';
import type { ConversationId } from '#protocol/identifiers';

import { BRIDGE_UNREACHABLE, BridgeFailure } from './bridge-failure';
import { endsSession, isProblem } from './failure-interceptor';
import { SessionEnd } from './session-end';

/** A file on its way to the bridge. */
export interface FileSending {
  readonly bytes: Blob;
  /** What it really is, whatever its name says. */
  readonly mediaType: string;
  readonly name: string;
  /** Told how much of it has left, from 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Files through the bridge. Every method rejects with a `BridgeFailure`, or with the signal's reason. */
@Service()
export class FileClient {
  private readonly sessionEnd = inject(SessionEnd);

  /** By `XMLHttpRequest`: nothing else in a browser tells how much of an upload has left. */
  upload(id: ConversationId, sending: FileSending): Promise<UploadFileAnswer> {
    const { bytes, mediaType, name, onProgress, signal } = sending;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const request = new XMLHttpRequest();
      request.open('POST', `${filesUrl(id)}?name=${encodeURIComponent(name)}`);
      request.responseType = 'json';
      request.setRequestHeader('Content-Type', mediaType);
      request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
      request.onload = () => {
        if (request.status === 201) resolve(request.response as UploadFileAnswer);
        else reject(this.failureOf(request.response));
      };
      request.onerror = () => reject(new BridgeFailure(BRIDGE_UNREACHABLE));
      request.onabort = () => reject(asError(signal.reason));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(bytes);
    });
  }

  /** The bytes of a file that somebody has shared in the conversation. */
  async download(
    id: ConversationId,
    file: { readonly path: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<Blob> {
    const query = new URLSearchParams({ path: file.path, name: file.name });
    try {
      const answer = await fetch(`${filesUrl(id)}?${query.toString()}`, { signal });
      if (!answer.ok) throw this.failureOf(await answer.json().catch(() => null));
      return await answer.blob();
    } catch (error) {
      if (signal.aborted || error instanceof BridgeFailure) throw error;
      throw new BridgeFailure(BRIDGE_UNREACHABLE, { cause: error });
    }
  }

  private failureOf(body: unknown): BridgeFailure {
    const failure = new BridgeFailure(isProblem(body) ? body : BRIDGE_UNREACHABLE);
    if (endsSession(failure)) this.sessionEnd.tell('expired');
    return failure;
  }
}

const filesUrl = (id: ConversationId): string => `/api/conversations/${encodeURIComponent(id)}/files`;

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error('cancelled'));
