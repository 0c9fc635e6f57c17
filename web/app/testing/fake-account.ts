import type {
  About,
  InstallationAnswer,
  InstallationDraft,
  InstallationList,
  InstallationSecret,
  InstallationView,
  MessagingProperty,
  ReplaceInstallationRequest,
  SessionAnswer,
  SignedInUser,
  SignInRequest,
  UpdateWebhooksRequest,
} from '#protocol/bridge-api';
import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { EndpointCheck, EndpointCheckAnswer, SetupFinding } from '#protocol/endpoint-check';
import { asAccountId, asAppKey, type AppKey } from '#protocol/identifiers';

import { buildFailure } from './build-failure';
import { HERE, buildUser } from './build-installation';
import { buildEndpointCheck } from './build-endpoint-check';

/** The account's part of the bridge, in memory: session, apps with a revision, messaging property. */
export class FakeAccount {
  user: SignedInUser | null = null;
  /** Who signs in to the emulator. */
  demoUserId = '1';
  isMessagingEnabled: boolean | null = true;
  hasEmulator = true;
  installed: InstallationView[] = [];
  revision = 1;
  /** Why no stream of events can be had; `null`: it can. */
  streamRefusal: Error | null = null;
  /** Makes every call fail until it is `null` again. */
  refusal: Error | null = null;
  /** What a check says of the account and the app. */
  findings: readonly SetupFinding[] = [];
  /** What a check says of endpoints; the others work. */
  checked: readonly EndpointCheck[] = [];
  checks = 0;
  /** Time that the session has left, and what using it makes of that. */
  expiresInMs = 7_200_000;
  prolongedMs = 7_200_000;
  /** Sign-ins that were asked for. */
  readonly signIns: SignInRequest[] = [];
  /** Keeps answers back until it is resolved. */
  gate: Promise<void> = Promise.resolve();

  about(): Promise<About> {
    const emulator = this.hasEmulator ? { host: 'localhost:8283', account: asAccountId('demo') } : null;
    return this.answer(() => ({
      version: '0.1.0',
      directoryHost: 'api.liveperson.net',
      directoryHostQa: 'qa.directory.example',
      emulator,
      localWebhookUrl: HERE,
    }));
  }

  session(): Promise<SessionAnswer> {
    return this.answer(() => {
      if (this.user === null) return { user: null };
      this.expiresInMs = this.prolongedMs;
      return { user: this.user, expiresInMs: this.expiresInMs };
    });
  }

  peekSession(): Promise<SessionAnswer> {
    return this.answer(() =>
      this.user === null ? { user: null } : { user: this.user, expiresInMs: this.expiresInMs },
    );
  }

  askForStream(): Promise<void> {
    return this.streamRefusal === null ? Promise.resolve() : Promise.reject(this.streamRefusal);
  }

  checkEndpoints(id: AppKey): Promise<EndpointCheckAnswer> {
    return this.answer(() => {
      const { capabilities } = this.find(id);
      this.checks += 1;
      const endpoints = WEBHOOK_EVENT_TYPES.map((type) => {
        const url = capabilities?.webhooks?.[type]?.endpoint ?? null;
        return this.checked.find((each) => each.type === type) ?? buildEndpointCheck({ type, url });
      });
      return { checkedAt: 1_768_471_200_000, findings: this.findings, endpoints };
    });
  }

  signIn(request: SignInRequest): Promise<SignedInUser> {
    this.signIns.push(request);
    return this.answer(() => (this.user = buildUser({ account: request.account, isEmulated: false })));
  }

  signInToDemo(): Promise<SignedInUser> {
    return this.answer(() => (this.user = buildUser({ userId: this.demoUserId })));
  }

  signOut(): Promise<void> {
    return this.answer(() => {
      this.user = null;
    });
  }

  messagingProperty(): Promise<MessagingProperty> {
    return this.answer(() => ({ isEnabled: this.isMessagingEnabled }));
  }

  installations(): Promise<InstallationList> {
    return this.answer(() => ({ installations: this.installed, revision: String(this.revision) }));
  }

  installation(id: AppKey): Promise<InstallationAnswer> {
    return this.answer(() => ({ installation: this.find(id), revision: String(this.revision) }));
  }

  createInstallation(draft: InstallationDraft): Promise<InstallationAnswer> {
    return this.answer(() => {
      this.refuseTaken(draft.client_name, null);
      const id = asAppKey(`new-${this.installed.length + 1}`);
      const installation = {
        ...draft,
        id,
        client_id: id,
        client_id_issued_at: 1_600_000_000,
        hasSecret: true,
      };
      this.installed = [...this.installed, installation];
      this.revision += 1;
      return { installation, revision: String(this.revision) };
    });
  }

  replaceInstallation(
    id: AppKey,
    { installation: draft, revision }: ReplaceInstallationRequest,
  ): Promise<InstallationAnswer> {
    return this.answer(() => {
      const { client_id_issued_at, hasSecret } = this.find(id);
      this.refuseStale(revision);
      this.refuseTaken(draft.client_name, id);
      const installation = { ...draft, id, client_id: id, client_id_issued_at, hasSecret };
      this.replace(installation);
      return { installation, revision: String(this.revision) };
    });
  }

  removeInstallation(id: AppKey, revision: string | null): Promise<void> {
    return this.answer(() => {
      this.find(id);
      this.refuseStale(revision);
      this.remove(id);
    });
  }

  updateWebhooks(id: AppKey, { webhooks, revision }: UpdateWebhooksRequest): Promise<InstallationAnswer> {
    return this.answer(() => {
      this.refuseStale(revision);
      const installation = { ...this.find(id), capabilities: { webhooks } };
      this.replace(installation);
      return { installation, revision: String(this.revision) };
    });
  }

  revealSecret(): Promise<InstallationSecret> {
    return this.answer(() => ({ clientSecret: 'secret-1' }));
  }

  /** Somebody else changes an app: the account's revision rises. */
  replace(installation: InstallationView): void {
    this.installed = this.installed.map((app) => (app.id === installation.id ? installation : app));
    this.revision += 1;
  }

  /** Somebody else uninstalls an app. */
  remove(id: string): void {
    this.installed = this.installed.filter((app) => app.id !== id);
    this.revision += 1;
  }

  private refuseStale(revision: string | null): void {
    if (revision !== String(this.revision)) throw buildFailure('revision-conflict');
  }

  private refuseTaken(name: string, except: AppKey | null): void {
    const isTaken = this.installed.some((app) => app.client_name === name && app.id !== except);
    if (isTaken) throw buildFailure('duplicate-name');
  }

  find(id: string): InstallationView {
    const found = this.installed.find((app) => app.id === id);
    if (found === undefined) throw buildFailure('unknown-app');
    return found;
  }

  private async answer<Answer>(make: () => Answer): Promise<Answer> {
    await this.gate;
    if (this.refusal !== null) throw this.refusal;
    return make();
  }
}
