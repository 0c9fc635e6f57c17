import { randomUUID } from 'node:crypto';

import { WEBHOOK_EVENT_TYPES, isConnectorApp } from '#protocol/app-installation';
import type { AppInstallation } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';
import type { AppKey } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import { EffectiveApps } from './effective-apps.ts';
import { isSameSecret } from './account-users.ts';
import { newAppSecret } from './identity.ts';
import type { InstallationManifest } from './installation-manifest.ts';

const DEFAULT_LOGO = '/src/modules/campaigns/assets/img/software/Mobile-App.png';

/** What is kept of an account's installations. */
export interface KeptInstallations {
  readonly revision: number;
  readonly apps: readonly AppInstallation[];
}

export interface AppInstallationsDeps {
  readonly clock: Clock;
  /** Time until the webhooks notice a change. */
  readonly effectDelayMs: () => number;
}

/** The app installations of one account and their common revision. @see PROTOCOL.md §4 */
export class AppInstallations {
  /** The same as the webhooks see them. */
  readonly effective: EffectiveApps;
  private readonly byId = new Map<AppKey, AppInstallation>();
  private readonly clock: Clock;
  private currentRevision = 1;

  constructor({ clock, effectDelayMs }: AppInstallationsDeps) {
    this.clock = clock;
    this.effective = new EffectiveApps({ clock, delayMs: effectDelayMs });
  }

  /** One number per account, raised by every change: `ac-revision`. @see PROTOCOL.md §4.1 */
  get revision(): number {
    return this.currentRevision;
  }

  list(): readonly AppInstallation[] {
    return [...this.byId.values()];
  }

  get(id: string): AppInstallation | null {
    return this.byId.get(asAppKey(id)) ?? null;
  }

  /** The installed and enabled app whose secret this is. @see PROTOCOL.md §5.1 */
  withSecret(id: string, secret: string): AppInstallation | null {
    const app = this.get(id);
    const isRight = app?.enabled === true && isSameSecret(app.client_secret ?? '', secret);
    return isRight ? app : null;
  }

  /** The app, if it is installed, enabled and may act as a connector. */
  connector(id: string): AppInstallation | null {
    const app = this.get(id);
    return app?.enabled === true && isConnectorApp(app) ? app : null;
  }

  /** Installs, whatever the manifest says of members that only the server sets (§4.1); an `id` may be given so that a seeded app keeps its key. */
  create(manifest: InstallationManifest, id: string = randomUUID()): AppInstallation | 'duplicate-name' {
    if (this.isNameTaken(manifest.client_name, null)) return 'duplicate-name';
    const key = asAppKey(id);
    return this.keep({
      ...described(manifest),
      id: key,
      client_id: key,
      client_secret: newAppSecret(),
      client_id_issued_at: Math.floor(this.clock.now() / 1000),
      client_secret_expires_at: 0,
      deleted: false,
    });
  }

  /** Replaces everything but what only the server sets. @see PROTOCOL.md §4.1, §4.3 */
  update(id: string, manifest: InstallationManifest): AppInstallation | 'unknown' | 'duplicate-name' {
    const present = this.get(id);
    if (!present) return 'unknown';
    if (this.isNameTaken(manifest.client_name, present.id)) return 'duplicate-name';
    return this.keep({
      ...described(manifest),
      id: present.id,
      client_id: present.client_id,
      client_secret: present.client_secret,
      client_id_issued_at: present.client_id_issued_at,
      client_secret_expires_at: 0,
      deleted: false,
    });
  }

  /** Whether there was one to delete. */
  remove(id: string): boolean {
    const key = asAppKey(id);
    const isRemoved = this.byId.delete(key);
    if (isRemoved) {
      this.currentRevision += 1;
      this.effective.change(key, null);
    }
    return isRemoved;
  }

  /** Puts these in the place of all; they take effect at once. */
  restore({ revision, apps }: KeptInstallations): void {
    this.byId.clear();
    this.effective.clear();
    for (const app of apps) this.keep(app);
    this.effective.settle();
    this.currentRevision = revision;
  }

  /** Lets every webhook that goes to one address go to another. */
  moveEndpoints(from: string, to: string): void {
    for (const app of this.list()) {
      const moved = withEndpoint(app, from, to);
      if (moved !== app) this.keep(moved);
    }
    this.effective.settle();
  }

  private keep(app: AppInstallation): AppInstallation {
    this.byId.set(app.id, app);
    this.currentRevision += 1;
    this.effective.change(app.id, app);
    return app;
  }

  private isNameTaken(name: string, except: AppKey | null): boolean {
    return this.list().some((app) => app.client_name === name && app.id !== except);
  }
}

function withEndpoint(app: AppInstallation, from: string, to: string): AppInstallation {
  const webhooks = app.capabilities?.webhooks;
  if (!webhooks) return app;
  const moved = WEBHOOK_EVENT_TYPES.filter((type) => webhooks[type]?.endpoint === from);
  if (moved.length === 0) return app;
  const entries = Object.fromEntries(moved.map((type) => [type, { ...webhooks[type], endpoint: to }]));
  return {
    ...app,
    capabilities: { ...app.capabilities, webhooks: { ...webhooks, ...entries } },
  };
}

type Described = InstallationManifest & Pick<AppInstallation, 'enabled'>;

/** The manifest with the server's defaults. @see PROTOCOL.md §4.3 */
function described(manifest: InstallationManifest): Described {
  return {
    ...manifest,
    enabled: manifest.enabled ?? true,
    response_types: manifest.response_types ?? ['code', 'token', 'id_token'],
    logo_uri: isGiven(manifest.logo_uri) ? manifest.logo_uri : DEFAULT_LOGO,
    ...(manifest.capabilities && {
      capabilities: { broadcast: { enabled: false }, ...manifest.capabilities },
    }),
  };
}

/** An empty text counts as none: forms send it for a field that was not filled. */
const isGiven = (text: string | undefined): text is string => text !== undefined && text !== '';
