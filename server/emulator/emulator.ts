import { join } from 'node:path';

import { HUMAN_PACE } from './agent/agent-pace.ts';
import type { AgentPace } from './agent/agent-pace.ts';
import type { AgentScript } from './agent/agent-script.ts';
import { greeter } from './agent/scripts/greeter.ts';
import type { Clock } from './clock.ts';
import { createCloud } from './cloud.ts';
import type { CloudParts } from './cloud.ts';
import { defaultCloudSettings } from './cloud-settings.ts';
import type { CloudSettings } from './cloud-settings.ts';
import { silentLog } from './emulator-log.ts';
import type { EmulatorLog } from './emulator-log.ts';
import { openDoors, prepareTls } from './emulator-doors.ts';
import type { Address, SecureAddress } from './emulator-doors.ts';
import type { ControlAccess } from './control/control.routes.ts';
import { createHttpApp } from './http-app.ts';
import { openKeptState } from './snapshot/kept-state.ts';
import { folderFileShelf, memoryFileShelf } from './state/file-shelf.ts';
import type { FileShelf } from './state/file-shelf.ts';
import { createSigningKey } from './tokens/signing-key.ts';
import type { SigningKey } from './tokens/signing-key.ts';
import { VirtualClock } from './virtual-clock.ts';
import { isLoopback } from './webhooks/local-host.ts';

export { DEMO_ACCOUNT, DEMO_ADMINISTRATOR, DEMO_AGENT } from './state/seed.ts';
export type { DemoCredentials } from './state/seed.ts';

export interface EmulatorOptions {
  /** Address to listen on, e.g. `127.0.0.1`. */
  readonly host: string;
  /** 0: any free port. */
  readonly httpPort: number;
  /** Port of the same over TLS. 0: any free port. Default: `null`, no TLS. */
  readonly httpsPort?: number | null;
  /** The application's data folder; the emulator keeps its certificates, shared files and state in `emulator/` there. Default: `null`, in memory. */
  readonly dataDir?: string | null;
  /** Where the five endpoints of a seeded app point to. A function is asked when an account is first used. */
  readonly webhookUrl: string | (() => string);
  /** Hosts besides this machine and the webhook URL's that webhooks may go to. Default: none. */
  readonly webhookHosts?: readonly string[];
  /** Default: silent. */
  readonly log?: EmulatorLog;
  /** Default: one that runs with the machine's and can be set forward. */
  readonly clock?: Clock;
  /** Whether the control API answers. Default: only when the emulator listens on this machine alone. */
  readonly isControlEnabled?: boolean;
  /** Default: a quick person's. */
  readonly agentPace?: AgentPace;
  /** Persona that serves every conversation. Default: the greeter. */
  readonly agentScript?: AgentScript;
  /** Those that were kept in the data folder win. */
  readonly settings?: Partial<CloudSettings>;
  /** Default: the one kept in the data folder, else made at start. */
  readonly signingKey?: SigningKey;
}

/** A running emulator of LivePerson's cloud. */
export interface Emulator extends Address, AsyncDisposable {
  /** The same over TLS; `null` when it is off. */
  readonly tls: SecureAddress | null;
  /** May be changed while it runs. */
  readonly settings: CloudSettings;
  /**
   * Goes on with what agents and webhooks were doing when the emulator ended. To be called as soon as `webhookUrl` can be
   * asked, where it is a function; else it is done at start.
   */
  resume(): void;
  /**
   * Posts no webhook any more: what waits goes on at the next start. To be called before what takes them here is ended, or
   * each would be lost to an endpoint that is not there.
   */
  rest(): void;
}

/**
 * Starts the emulator. Dispose it to end it.
 *
 * @throws Error that names the port when it cannot listen there, or the file when the data folder cannot be used.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { log = silentLog } = options;
  const folder = folderIn(options.dataDir);
  const settings = { ...defaultCloudSettings, ...options.settings };
  const tls = await prepareTls(options, folder, log);
  const state = await openKeptState(folder, log);
  // What a start that fails has begun must end too, or it would keep the process from ending.
  await using begun = new AsyncDisposableStack();
  const clock = begun.adopt(new VirtualClock(), (own) => own.close());
  const cloud = createCloud({
    clock,
    ...givenOrUsual(options),
    settings,
    log,
    key: state.key ?? options.signingKey ?? (await createSigningKey()),
    fileShelf: fileShelfIn(folder),
    webhookAuthority: tls?.identity.caCertificate ?? null,
    changed: () => state.touch(),
  });
  state.attach(cloud);
  begun.defer(() => state.close());
  begun.defer(() => cloud.close());
  const doors = await openDoors(createHttpApp(cloud, log, controlAccess(options)), options, tls);
  begun.defer(() => doors.close());
  const running = begun.move();
  const resume = (): void => cloud.accounts.resume();
  if (typeof options.webhookUrl === 'string') resume();
  const { plain, secure } = doors;
  log.info({ host: options.host, port: plain.port, securePort: secure?.port }, 'emulator started');
  return {
    ...plain,
    tls: secure,
    settings,
    resume,
    rest: () => cloud.rest(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** What is left out is as it usually is. */
function givenOrUsual(options: EmulatorOptions): Given {
  const { webhookUrl, clock } = options;
  return {
    ...(clock && { clock }),
    agentPace: options.agentPace ?? HUMAN_PACE,
    agentScript: options.agentScript ?? greeter,
    webhookUrl: () => urlOf(webhookUrl),
    isLocalHost: (hostname) => isLoopback(hostname) || isNamed(options, hostname),
  };
}

type Given = Pick<CloudParts, 'agentPace' | 'agentScript' | 'webhookUrl' | 'isLocalHost'> &
  Partial<Pick<CloudParts, 'clock'>>;

/** What the emulator keeps lies in a folder of its own within the application's. */
const folderIn = (dataDir: string | null = null): string | null =>
  dataDir === null ? null : join(dataDir, 'emulator');

const fileShelfIn = (folder: string | null): FileShelf =>
  folder === null ? memoryFileShelf() : folderFileShelf(join(folder, 'files'));

function controlAccess({ host, isControlEnabled }: EmulatorOptions): ControlAccess {
  const isLocalOnly = isLoopback(host);
  return { isEnabled: isControlEnabled ?? isLocalOnly, isLocalOnly };
}

const urlOf = (url: string | (() => string)): string => (typeof url === 'function' ? url() : url);

/** Whether webhooks may go to the host because its owner said so. */
function isNamed({ webhookUrl, webhookHosts = [] }: EmulatorOptions, hostname: string): boolean {
  return webhookHosts.includes(hostname) || new URL(urlOf(webhookUrl)).hostname === hostname;
}
