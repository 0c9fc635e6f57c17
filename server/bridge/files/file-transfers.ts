import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';

import type { ConversationView } from '#protocol/bridge-api';
import type { ConnectorRequestType } from '#protocol/connector/envelope';
import type { HostedFile } from '#protocol/connector/events';
import type { FileUrl, SharedFileType } from '#protocol/connector/file-sharing';
import type { ProblemCode } from '#protocol/problem';

import type { Publisher } from '../conversations/publisher.ts';
import { BridgeError } from '../errors/bridge-error.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { Transfer, TransferAnswer, UpstreamTransfer } from '../upstream/upstream-transfer.ts';
import { readFileUrl, storageUrl } from './file-url.ts';

export interface FileTransfersDeps {
  readonly access: CloudAccess;
  readonly publisher: Publisher;
  readonly transfer: UpstreamTransfer;
}

/** Whose file it is, and until when somebody waits for it. */
export interface FileSubject {
  readonly session: SignedIn;
  readonly conversation: ConversationView;
  /** Aborted when the browser has gone. */
  readonly signal: AbortSignal;
}

export interface FileToUpload {
  readonly name: string;
  readonly fileType: SharedFileType;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly bytes: Readable;
}

/** What the storage means, by HTTP status. @see PROTOCOL.md §7.1, §7.2 */
const REFUSALS: Readonly<Record<number, ProblemCode>> = {
  401: 'file-url-refused',
  403: 'file-url-refused',
  404: 'file-missing',
  413: 'payload-too-large',
};

/** Brings files of a conversation into the cloud's storage and back. @see PROTOCOL.md §7.4 */
export class FileTransfers {
  private readonly deps: FileTransfersDeps;

  constructor(deps: FileTransfersDeps) {
    this.deps = deps;
  }

  /** Asks for an address and puts the file there. @throws BridgeError `file-url-refused` among others */
  async upload(subject: FileSubject, file: FileToUpload): Promise<HostedFile> {
    const { name, fileType, mediaType, sizeBytes, bytes } = file;
    // The cloud takes the number as text. PROTOCOL.md §6.5
    const wanted = { fileSize: String(sizeBytes), fileType };
    const url = await this.urlFor(subject, 'ms.GenerateURLForUploadFile', wanted);
    const upload = { bytes, type: mediaType, sizeBytes };
    const answer = await this.run(subject, url, { summary: `file upload ${name}`, upload });
    answer.bytes.destroy();
    return { caption: name, relativePath: url.relativePath, fileType };
  }

  /** Asks for an address and fetches the file; once more when the address ran out meanwhile. */
  async download(subject: FileSubject, relativePath: string): Promise<TransferAnswer> {
    const fetchOnce = async (): Promise<TransferAnswer> => {
      const url = await this.urlFor(subject, 'ms.GenerateURLForDownloadFile', { relativePath });
      return this.run(subject, url, { summary: 'file download', upload: null });
    };
    try {
      return await fetchOnce();
    } catch (error) {
      if (!(error instanceof BridgeError && error.code === 'file-url-refused')) throw error;
      return fetchOnce();
    }
  }

  private async urlFor(
    { session, conversation }: FileSubject,
    type: ConnectorRequestType,
    body: unknown,
  ): Promise<FileUrl> {
    const request = { kind: 'req', id: randomUUID(), type, body } as const;
    return readFileUrl(await this.deps.publisher.send(session, conversation, { request, summary: type }));
  }

  private run(
    { session, conversation, signal }: FileSubject,
    url: FileUrl,
    { summary, upload }: Pick<Transfer, 'summary' | 'upload'>,
  ): Promise<TransferAnswer> {
    const context = this.deps.access.contextOf(session, conversation.conversationId);
    return this.deps.transfer.run(
      {
        service: 'swift',
        summary,
        method: upload === null ? 'GET' : 'PUT',
        url: storageUrl(context.services, url),
        secrets: [url.queryParams.temp_url_sig],
        refusals: REFUSALS,
        upload,
        signal,
      },
      context,
    );
  }
}
