import type {
  InstallationAnswer,
  InstallationDraft,
  InstallationList,
  InstallationView,
} from '#protocol/bridge-api';
import type { AppInstallation, WebhooksCapability } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { AdminContext, AppInstallationClient, Revised } from '../upstream/app-installation-client.ts';
import type { AppChanges } from './app-changes.ts';
import type { AppSecrets } from './app-secrets.ts';

/** An administrator's app installations. Their secrets stay here; each read keeps them for the webhooks. */
export class Installations {
  private readonly client: AppInstallationClient;
  private readonly secrets: AppSecrets;
  private readonly changes: AppChanges;

  constructor(client: AppInstallationClient, secrets: AppSecrets, changes: AppChanges) {
    this.client = client;
    this.secrets = secrets;
    this.changes = changes;
  }

  async list(context: AdminContext): Promise<InstallationList> {
    const { value, revision } = await this.client.list(context);
    this.secrets.remember(context.services.account, value);
    return { installations: value.filter((app) => app.deleted !== true).map(toView), revision };
  }

  async get(context: AdminContext, id: AppKey): Promise<InstallationAnswer> {
    return toAnswer(await this.read(context, id));
  }

  /** The secret as an administrator asked to see it. */
  async secret(context: AdminContext, id: AppKey): Promise<string | null> {
    return (await this.read(context, id)).value.client_secret;
  }

  async create(context: AdminContext, draft: InstallationDraft): Promise<InstallationAnswer> {
    const { value, revision } = await this.client.create(context, withoutServerFields(draft));
    const created = value ?? (await this.findByName(context, draft.client_name));
    this.secrets.remember(context.services.account, [created]);
    this.changes.note(context.services.account, created.id);
    return { installation: toView(created), revision };
  }

  /**
   * Replaces all that the account owns of the installation; ids, secret and other members of the server stay.
   * @param revision What the draft is based on. @throws BridgeError `revision-conflict`
   */
  replace(
    context: AdminContext,
    id: AppKey,
    { draft, revision }: { readonly draft: InstallationDraft; readonly revision: string | null },
  ): Promise<InstallationAnswer> {
    return this.change(context, id, { revision, edit: (current) => merged(draft, current) });
  }

  /** Replaces the webhook endpoints and keeps all else. @throws BridgeError `revision-conflict` */
  updateWebhooks(
    context: AdminContext,
    id: AppKey,
    { webhooks, revision }: { readonly webhooks: WebhooksCapability; readonly revision: string | null },
  ): Promise<InstallationAnswer> {
    return this.change(context, id, {
      revision,
      edit: (current) => ({ ...current, capabilities: { ...current.capabilities, webhooks } }),
    });
  }

  /** @throws BridgeError `revision-conflict`, `unknown-app` */
  async remove(context: AdminContext, id: AppKey, revision: string | null): Promise<void> {
    const current = await this.readAt(context, id, revision);
    await this.client.remove(context, id, current.revision);
    this.secrets.forget(context.services.account, id);
  }

  /** Reads an installation and keeps its secret. @throws BridgeError `unknown-app` */
  async read(context: AdminContext, id: AppKey): Promise<Revised<AppInstallation>> {
    const found = await this.client.get(context, id);
    this.secrets.remember(context.services.account, [found.value]);
    return found;
  }

  private async change(
    context: AdminContext,
    id: AppKey,
    { revision, edit }: { revision: string | null; edit: (current: AppInstallation) => AppInstallation },
  ): Promise<InstallationAnswer> {
    const current = await this.readAt(context, id, revision);
    const edited = edit(current.value);
    const changed = await this.client.replace(context, edited, current.revision);
    this.changes.note(context.services.account, id);
    // What the service answers to a change is not documented; without the installation in it, ask.
    if (changed.value === null || changed.revision === null) return this.get(context, id);
    return toAnswer({ value: changed.value, revision: changed.revision });
  }

  private async readAt(
    context: AdminContext,
    id: AppKey,
    revision: string | null,
  ): Promise<Revised<AppInstallation>> {
    const current = await this.read(context, id);
    if (revision === null || current.revision === null || current.revision === revision) return current;
    throw new BridgeError(
      'revision-conflict',
      `The change is based on revision ${revision}, the newest is ${current.revision}. Look at what changed and try again.`,
    );
  }

  private async findByName(context: AdminContext, name: string): Promise<AppInstallation> {
    const { value } = await this.client.list(context);
    const found = value.find((app) => app.client_name === name);
    if (found !== undefined) return found;
    throw new BridgeError('upstream-failed', `The app ${name} was created but is not listed.`);
  }
}

/** What the server owns, and what exists only here; a draft that carries any of it is not believed. */
const FOREIGN_FIELDS = new Set([
  'id',
  'client_id',
  'client_secret',
  'client_id_issued_at',
  'client_secret_expires_at',
  'deleted',
  'hasSecret',
]);

function withoutServerFields(draft: InstallationDraft): object {
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !FOREIGN_FIELDS.has(field)));
}

function merged(draft: InstallationDraft, current: AppInstallation): AppInstallation {
  const { id, client_id, client_secret, client_id_issued_at, deleted } = current;
  const { client_name, enabled } = draft;
  const expiry = current['client_secret_expires_at'];
  return {
    ...withoutServerFields(draft),
    ...{ id, client_id, client_secret, client_id_issued_at, client_name, enabled },
    ...(deleted !== undefined && { deleted }),
    ...(expiry !== undefined && { client_secret_expires_at: expiry }),
  };
}

function toAnswer({ value, revision }: Revised<AppInstallation>): InstallationAnswer {
  return { installation: toView(value), revision };
}

function toView({ client_secret: secret, ...app }: AppInstallation): InstallationView {
  return { ...app, hasSecret: secret !== null && secret !== '' };
}
