import { createHmac, randomUUID } from 'node:crypto';

import type { AccountId } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import { isSameSecret } from './account-users.ts';
import { randomHex } from './identity.ts';

/** Below this lie the shared files of all accounts. @see PROTOCOL.md §6.5 */
export const FILES_ROOT = '/v1/AUTH_async-images';
/** @see PROTOCOL.md §7.3 */
export const FILE_TYPES = ['JPG', 'JPEG', 'PNG', 'GIF'] as const;
export type FileType = (typeof FILE_TYPES)[number];
/** Largest file: 3 MB. @see PROTOCOL.md §7.3 */
export const LARGEST_FILE_BYTES = 3 * 1024 * 1024;

/** What a signature allows to do with a file. */
export type FileMethod = 'PUT' | 'GET';

/** Query of a signed URL. @see PROTOCOL.md §6.5 */
export interface SignedQuery {
  readonly temp_url_sig: string;
  /** Epoch seconds, as text. */
  readonly temp_url_expires: string;
}

export interface ToSign {
  readonly key: string;
  readonly method: FileMethod;
  /** Epoch seconds, as text. */
  readonly expires: string;
  readonly path: string;
}

/** Signature of the object store's temporary URLs: 40 hex digits over method, end of life and path. @see PROTOCOL.md §7.3 */
export const tempUrlSignature = ({ key, method, expires, path }: ToSign): string =>
  createHmac('sha1', key).update(`${method}\n${expires}\n${path}`).digest('hex');

/** Where a new file of `originator` will lie; no two are the same. Times in UTC. @see PROTOCOL.md §6.5 */
export function newFilePath(
  account: AccountId,
  originator: string,
  { fileType, at }: { readonly fileType: FileType; readonly at: number },
): string {
  const [year = '', month = '', day = '', ...time] = new Date(at).toISOString().split(/[-T:.Z]/);
  const stamp = `${day}-${month}-${year}_${time.slice(0, 4).join('-')}`;
  return `${FILES_ROOT}/${account}/${originator}_uuid_${randomUUID()}_${stamp}.${fileType}`;
}

const FILE_PATH =
  /^\/v1\/AUTH_async-images\/([\w-]{1,64})\/([\w-]{1,128}_uuid_[0-9a-f-]{36}_[\d-]{10}_[\d-]{12}\.[A-Z]{3,4})$/;

/** The parts of a file's path; `null` when no file can lie there. */
export function partsOfFilePath(path: string): { readonly account: string; readonly name: string } | null {
  const [, account, name] = FILE_PATH.exec(path) ?? [];
  return account === undefined || name === undefined ? null : { account, name };
}

export interface FileUrlsDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  /** Default: made at start; a URL lives a minute, so no start needs the key of the one before. */
  readonly key?: string;
}

/** Signs URLs of the object store, and checks them. Upload and download have different signatures. @see PROTOCOL.md §7 */
export class FileUrls {
  private readonly deps: FileUrlsDeps;
  private readonly key: string;

  constructor(deps: FileUrlsDeps) {
    this.deps = deps;
    this.key = deps.key ?? randomHex(32);
  }

  sign(method: FileMethod, path: string): SignedQuery {
    const expires = String(this.nowS() + this.deps.settings.fileUrlLifetimeS);
    const temp_url_sig = tempUrlSignature({ key: this.key, method, expires, path });
    return { temp_url_sig, temp_url_expires: expires };
  }

  /** Whether the query allows this, now. The second in which a URL ends still counts, so that it lives no less than promised. */
  isValid(
    method: FileMethod,
    path: string,
    { temp_url_sig, temp_url_expires: expires }: SignedQuery,
  ): boolean {
    if (!/^\d{1,12}$/.test(expires) || Number(expires) < this.nowS()) return false;
    return isSameSecret(tempUrlSignature({ key: this.key, method, expires, path }), temp_url_sig);
  }

  private nowS(): number {
    return Math.floor(this.deps.clock.now() / 1000);
  }
}
