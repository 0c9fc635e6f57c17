import type { AccountId } from './identifiers.ts';

/** Services of the directory ("CSDS") that this project knows. @see docs/protocol/PROTOCOL.md §1.3 */
export const SERVICE_NAMES = [
  'agentVep',
  'accountConfigReadWrite',
  'accountConfigReadOnly',
  'sentinel',
  'idp',
  'asyncMessagingEnt',
  'facadeMsg',
  'msgHist',
  'swift',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** One entry of the directory. `baseURI` is a bare host, optionally with a port. @see PROTOCOL.md §1.2 */
export interface ServiceEntry {
  readonly service: string;
  readonly account: AccountId;
  readonly baseURI: string;
}

/** Answer for all services of an account. @see PROTOCOL.md §1.2 */
export interface ServiceDirectory {
  readonly baseURIs: readonly ServiceEntry[];
}
