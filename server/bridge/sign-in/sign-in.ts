import type { SignedInUser, SignInRequest } from '#protocol/bridge-api';
import type { ExchangeRecorded } from '#protocol/bridge-events';
import { asAccountId, asUserId, isEmulatedAccount, type AccountId, type UserId } from '#protocol/identifiers';
import type { ProblemCode } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import type { ExchangeRecorder } from '../event-store/exchange-recorder.ts';
import type { Logger } from '../logging/loggers.ts';
import type { AgentLoginClient, LoginAnswer } from '../upstream/agent-login-client.ts';
import { toHosts, type ServiceDirectoryClient } from '../upstream/service-directory-client.ts';
import type { UpstreamContext } from '../upstream/upstream-call.ts';
import type { CloudAccess } from './cloud-access.ts';
import type { CloudLogin, SessionStore, SignedIn } from './session-store.ts';

export interface SignInDeps {
  readonly access: CloudAccess;
  readonly directory: ServiceDirectoryClient;
  readonly agentLogin: AgentLoginClient;
  readonly sessions: SessionStore;
  readonly recorder: ExchangeRecorder;
  readonly log: Logger;
  /** The emulator's demo account; `null`: the emulator is off. */
  readonly demoSignIn: () => SignInRequest | null;
}

/** Signs people in and out, here and in the cloud. */
export class SignIn {
  private readonly deps: SignInDeps;

  constructor(deps: SignInDeps) {
    this.deps = deps;
  }

  /** Opens a session. @throws BridgeError that names what is wrong: account, credentials, rights, network */
  async signIn(request: SignInRequest): Promise<{ readonly id: string; readonly session: SignedIn }> {
    const account = asAccountId(request.account);
    const exchanges: ExchangeRecorded[] = [];
    // Nobody's log yet: only who gets in may see how.
    const record = (exchange: ExchangeRecorded): void => void exchanges.push(exchange);
    const { services, answer } = await this.enter(account, request, record);
    const cloud: CloudLogin = {
      loginName: answer.config.loginName ?? request.loginName,
      bearer: answer.bearer,
      csrf: answer.csrf,
      cookie: answer.cookie,
      hosts: { ...services.hosts, ...toHosts(answer.csdsCollectionResponse?.baseURIs ?? []) },
    };
    const userId = asUserId(answer.config.userId);
    const opened = await this.open(account, userId, cloud);
    await this.deps.recorder.write({ account, owner: userId }, null, exchanges);
    this.deps.log.info({ account, userId }, 'signed in');
    return opened;
  }

  /** @throws BridgeError `demo-unavailable` */
  async signInToDemo(): ReturnType<SignIn['signIn']> {
    const credentials = this.deps.demoSignIn();
    if (credentials !== null) return this.signIn(credentials);
    throw new BridgeError(
      'demo-unavailable',
      'The emulator is off. Set EMULATOR_ENABLED to true and start again.',
    );
  }

  /** Ends the session in the cloud; the bridge's own ends whether the cloud hears of it or not. */
  async signOut(session: SignedIn): Promise<void> {
    this.deps.log.info({ account: session.account, userId: session.userId }, 'signed out');
    await this.leave(() => this.deps.access.contextOf(session), session.cloud);
  }

  /** Whether the session's account can be reached; a demo account cannot while the emulator is off. */
  isServed({ account }: SignedIn): boolean {
    return this.deps.access.isServed(account);
  }

  /** What the browser may know of the person. */
  userOf({ account, userId, cloud, expiresAt }: SignedIn): SignedInUser {
    return {
      account,
      userId,
      loginName: cloud.loginName,
      isEmulated: isEmulatedAccount(account),
      environmentHost: new URL(this.deps.access.directoryOrigin(account)).host,
      expiresAt,
    };
  }

  private async enter(account: AccountId, request: SignInRequest, record: UpstreamContext['record']) {
    const origin = this.deps.access.directoryOrigin(account);
    const services = await this.deps.directory.read(account, origin, { record });
    const answer = await this.deps.agentLogin.login({ services, record }, request);
    if (answer.config.isAdmin || answer.config.isLPA) return { services, answer };
    await this.leave(() => ({ services, record }), answer);
    throw new BridgeError(
      'not-administrator',
      `“${request.loginName}” may sign in to account “${account}” but is not its administrator: the login answered isAdmin: false.`,
    );
  }

  /** What cannot be written down is no session, in the cloud either. */
  private async open(account: AccountId, userId: UserId, cloud: CloudLogin) {
    try {
      return this.deps.sessions.create(account, userId, cloud);
    } catch (error) {
      const services = this.deps.access.services({ account, cloud });
      await this.leave(() => ({ services, record: () => undefined }), cloud);
      throw error;
    }
  }

  private async leave(
    context: () => UpstreamContext,
    session: Pick<LoginAnswer, 'bearer' | 'csrf' | 'cookie'>,
  ): Promise<void> {
    try {
      await this.deps.agentLogin.logout(context(), session);
    } catch (error) {
      if (isPassing(error)) void this.leaveLater(context, session);
      else this.deps.log.info({ err: error }, NOT_ENDED);
    }
  }

  /** Nobody waits for this: it is tried for as long as the vendor recommends. */
  private async leaveLater(...[context, session]: Parameters<SignIn['leave']>): Promise<void> {
    try {
      await this.deps.agentLogin.logout({ ...context(), patience: 'background' }, session);
    } catch (error) {
      this.deps.log.info({ err: error }, NOT_ENDED);
    }
  }
}

const NOT_ENDED = 'the session in the cloud could not be ended; it runs out by itself';

/** Whether the cloud may hear of it later. */
const isPassing = (error: unknown): boolean => error instanceof BridgeError && PASSING.has(error.code);

const PASSING: ReadonlySet<ProblemCode> = new Set([
  'upstream-failed',
  'upstream-timeout',
  'upstream-throttled',
  'upstream-unreachable',
]);
