import type { EmulatorAbout, SignInRequest } from '#protocol/bridge-api';

import type { EndpointCheckLimits } from './endpoint-checks/endpoint-checks.ts';
import type { Logger } from './logging/loggers.ts';
import type { DirectoryOriginOf } from './sign-in/cloud-access.ts';

/** What is decided outside of the bridge: which cloud serves which account. */
export interface BridgeParts {
  /** Origin of the directory for an account; `null`: the account belongs to an emulator that is off. */
  readonly directoryOriginOf: DirectoryOriginOf;
  /** The emulator for *Try it now*; `null`: it is off. Asked for each time, so that it may start later. */
  readonly demo: () => DemoEmulator | null;
  readonly log: Logger;
  /** The data folder, if whoever starts the bridge holds it already. Default: the bridge does, from its start to its end. */
  readonly heldFolder?: Disposable;
  /** How long to wait for another bridge to let go of the data folder. Default: as long as one takes to stop. */
  readonly folderPatienceMs?: number;
  readonly now?: () => number;
  readonly heartbeatMs?: number;
  readonly upstreamTimeoutMs?: number;
  /** Time that the check of webhook endpoints allows. Default: as the cloud does. */
  readonly endpointCheckLimits?: EndpointCheckLimits;
  /** Certificates, PEM, of authorities that the emulator's webhooks trust besides the usual ones. Default: none. */
  readonly localAuthorities?: () => readonly string[];
}

export interface DemoEmulator extends EmulatorAbout {
  readonly signIn: SignInRequest;
}
