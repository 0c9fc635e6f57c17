import * as v from 'valibot';

import type { Account } from '../state/account-state.ts';
import { FILE_TYPES, LARGEST_FILE_BYTES, newFilePath, partsOfFilePath } from '../state/file-urls.ts';
import type { FileMethod, FileUrls } from '../state/file-urls.ts';
import type { ConnectorCaller } from './connector-gateway.ts';
import { badResult, okResult } from './connector-request.ts';
import type { ConnectorRequest, RequestResult } from './connector-request.ts';

export interface FileUrlsOfAccount {
  readonly account: Account;
  readonly fileUrls: FileUrls;
  readonly now: number;
}

/** Switches file sharing off for an account when it is false. @see PROTOCOL.md §7.3 */
export const FILE_SHARING_FEATURE = 'messaging.file.sharing.enabled';

/** Sent as text by connectors, as number by the agents' SDK. @see PROTOCOL.md §6.5 */
const sizeSchema = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), v.number()]),
  v.integer(),
  v.minValue(1),
  v.maxValue(LARGEST_FILE_BYTES),
);
const uploadSchema = v.object({ fileSize: sizeSchema, fileType: v.picklist(FILE_TYPES) });
const downloadSchema = v.object({ relativePath: v.string() });

/** Where the file may be put for a minute. @see PROTOCOL.md §6.5 */
export function answerUploadUrl(
  { account, fileUrls, now }: FileUrlsOfAccount,
  { consumerId }: ConnectorCaller,
  { id, body }: ConnectorRequest,
): RequestResult {
  const wanted = v.safeParse(uploadSchema, body);
  if (!wanted.success || !hasFileSharing(account)) return badResult(id);
  const { fileType } = wanted.output;
  const path = newFilePath(account.id, consumerId, { fileType, at: now });
  return urlResult(id, { fileUrls, method: 'PUT', path });
}

/** Where a file of the account may be read for a minute; whether one lies there, the object store says. @see PROTOCOL.md §6.5 */
export function answerDownloadUrl(
  { account, fileUrls }: Omit<FileUrlsOfAccount, 'now'>,
  { id, body }: ConnectorRequest,
): RequestResult {
  const wanted = v.safeParse(downloadSchema, body);
  if (!wanted.success || !hasFileSharing(account)) return badResult(id);
  const path = wanted.output.relativePath;
  if (partsOfFilePath(path)?.account !== account.id) return badResult(id);
  return urlResult(id, { fileUrls, method: 'GET', path });
}

const hasFileSharing = ({ features }: Account): boolean => features.get(FILE_SHARING_FEATURE) !== false;

interface UrlToSign {
  readonly fileUrls: FileUrls;
  readonly method: FileMethod;
  readonly path: string;
}

const urlResult = (id: string, { fileUrls, method, path }: UrlToSign): RequestResult =>
  okResult(id, { relativePath: path, queryParams: fileUrls.sign(method, path) });
