import * as v from 'valibot';

import type { FileUrl } from '#protocol/connector/file-sharing';

import { BridgeError } from '../errors/bridge-error.ts';
import { serviceOrigin, type AccountServices } from '../upstream/account-services.ts';

/** They become a URL, which is logged. */
const part = v.pipe(v.string(), v.maxLength(256));

const fileUrlSchema = v.looseObject({
  relativePath: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  queryParams: v.looseObject({ temp_url_sig: part, temp_url_expires: part }),
}) satisfies v.GenericSchema<unknown, FileUrl>;

/** The answer to a request for a file's address. @throws BridgeError `upstream-failed` @see PROTOCOL.md §6.5 */
export function readFileUrl(body: unknown): FileUrl {
  const result = v.safeParse(fileUrlSchema, body);
  if (result.success) return result.output;
  throw new BridgeError(
    'upstream-failed',
    'The Connector API gave no address for the file that can be read.',
  );
}

/**
 * The whole address: on the account's file storage and nowhere else, whatever the path says.
 *
 * @throws BridgeError `service-missing`, `upstream-failed`
 * @see PROTOCOL.md §7
 */
export function storageUrl(services: AccountServices, { relativePath, queryParams }: FileUrl): string {
  const origin = serviceOrigin(services, 'swift');
  const url = URL.canParse(relativePath, origin) ? new URL(relativePath, origin) : null;
  // `//other.host/x`, `/\other.host` and `https:…` all parse, and all lead away.
  if (url?.origin !== origin || !relativePath.startsWith('/') || url.search !== '' || url.hash !== '') {
    throw new BridgeError(
      'upstream-failed',
      'The Connector API gave an address outside of the file storage.',
    );
  }
  url.searchParams.set('temp_url_sig', queryParams.temp_url_sig);
  url.searchParams.set('temp_url_expires', queryParams.temp_url_expires);
  return url.href;
}
