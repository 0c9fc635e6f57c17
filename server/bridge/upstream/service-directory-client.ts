import * as v from 'valibot';

import type { AccountId } from '#protocol/identifiers';
import { SERVICE_NAMES } from '#protocol/service-directory';

import { BridgeError } from '../errors/bridge-error.ts';
import type { AccountServices } from './account-services.ts';
import { readAnswer } from './read-answer.ts';
import type { UpstreamContext } from './upstream-call.ts';
import type { UpstreamHttp } from './upstream-http.ts';

/** @see PROTOCOL.md §1.2 */
export const directorySchema = v.looseObject({
  baseURIs: v.array(v.looseObject({ service: v.string(), baseURI: v.string() })),
});

/** Finds where an account's services are. @see PROTOCOL.md §1 */
export class ServiceDirectoryClient {
  private readonly http: UpstreamHttp;

  constructor(http: UpstreamHttp) {
    this.http = http;
  }

  /** @throws BridgeError `unknown-account`, `directory-unreachable` */
  async read(
    account: AccountId,
    directoryOrigin: string,
    context: Pick<UpstreamContext, 'record'>,
  ): Promise<AccountServices> {
    const path = `/api/account/${encodeURIComponent(account)}/service/baseURI.json?version=1.0`;
    const call = {
      service: 'csds',
      summary: 'service directory',
      method: 'GET',
      url: `${directoryOrigin}${path}`,
      isRepeatable: true,
      refusals: { 400: 'unknown-account', 404: 'unknown-account' },
    } as const;
    try {
      const answer = await this.http.call(call, context);
      const { baseURIs } = readAnswer(call, answer, directorySchema);
      return { account, directoryOrigin, hosts: toHosts(baseURIs) };
    } catch (error) {
      throw asDirectoryError(error, account, directoryOrigin);
    }
  }
}

const KNOWN: ReadonlySet<string> = new Set(SERVICE_NAMES);
/** A host has up to 253 characters, and perhaps a port. */
const MOST_HOST_CHARACTERS = 260;

/** Hosts of the services that are called here: whatever else a directory lists is not kept with every session. */
export function toHosts(
  entries: readonly { readonly service: string; readonly baseURI: string }[],
): Record<string, string> {
  const known = entries.filter(
    ({ service, baseURI }) => KNOWN.has(service) && baseURI.length <= MOST_HOST_CHARACTERS,
  );
  return Object.fromEntries(known.map(({ service, baseURI }) => [service, baseURI]));
}

function asDirectoryError(error: unknown, account: AccountId, directoryOrigin: string): unknown {
  if (!(error instanceof BridgeError)) return error;
  const upstream = error.upstream && { upstream: error.upstream };
  const { host } = new URL(directoryOrigin);
  if (error.code === 'unknown-account') {
    const message = `The directory at ${host} does not know the account ${account}.`;
    return new BridgeError('unknown-account', message, { cause: error, ...upstream });
  }
  const silence = error.upstream?.status === null ? error.upstream.message : null;
  const message =
    silence === null
      ? `The directory at ${host} gave no answer that can be used: ${error.message}`
      : `The directory at ${host} cannot be reached: ${silence}.`;
  return new BridgeError('directory-unreachable', message, { cause: error, ...upstream });
}
