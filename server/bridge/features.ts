import type { DatabaseSync } from 'node:sqlite';

import type { Request } from 'express';

import type { BridgeParts } from './bridge-parts.ts';
import type { BridgeConfig } from './config/bridge-config.ts';
import { AppTokens } from './conversations/app-tokens.ts';
import { ConnectorCalls } from './conversations/connector-calls.ts';
import { ConsumerEvents } from './conversations/consumer-events.ts';
import { ConsumerTokens } from './conversations/consumer-tokens.ts';
import { ConversationRegistry } from './conversations/conversation-registry.ts';
import { conversationRoutes } from './conversations/conversation.routes.ts';
import { Conversations } from './conversations/conversations.ts';
import { MessageEchoes } from './conversations/message-echoes.ts';
import { MessageOutcomes } from './conversations/message-outcomes.ts';
import { Messages } from './conversations/messages.ts';
import { PublishedEvents } from './conversations/published-events.ts';
import { Openings } from './conversations/openings.ts';
import { Publisher } from './conversations/publisher.ts';
import { RawEvents } from './conversations/raw-events.ts';
import { Receipts } from './conversations/receipts.ts';
import { TokenTimes } from './conversations/token-times.ts';
import { SendLimit } from './conversations/send-limit.ts';
import { SendLedger } from './conversations/send-ledger.ts';
import { UnloggedReceipts } from './conversations/unlogged-receipts.ts';
import { CheckArrivals } from './endpoint-checks/check-arrivals.ts';
import { endpointCheckRoutes } from './endpoint-checks/endpoint-check.routes.ts';
import {
  DOCUMENTED_LIMITS,
  EndpointChecks,
  type EndpointChecksDeps,
} from './endpoint-checks/endpoint-checks.ts';
import type { EventStore } from './event-store/event-store.ts';
import { CallsUnderWayBook } from './event-store/calls-under-way-book.ts';
import { ExchangeRecorder } from './event-store/exchange-recorder.ts';
import { emulatorControlRoutes } from './emulator-controls/emulator-control.routes.ts';
import { fileRoutes } from './files/file.routes.ts';
import { FileTransfers } from './files/file-transfers.ts';
import { ConversationHistories } from './history/conversation-histories.ts';
import { historyRoutes } from './history/history.routes.ts';
import { eventStreamRoutes } from './event-stream/event-stream.routes.ts';
import type { DirectRoute } from './http/direct-route.ts';
import { AppChanges } from './installations/app-changes.ts';
import { AppSecrets } from './installations/app-secrets.ts';
import { installationRoutes } from './installations/installation.routes.ts';
import { Installations } from './installations/installations.ts';
import { RotatedSecrets } from './installations/rotated-secrets.ts';
import type { BridgeMetrics } from './metrics/bridge-metrics.ts';
import { BrowserSession } from './sign-in/browser-session.ts';
import type { ApiPart } from './http-app.ts';
import { CloudAccess } from './sign-in/cloud-access.ts';
import { CloudKeepAlive } from './sign-in/cloud-keep-alive.ts';
import { endWithCloudSession } from './sign-in/cloud-session-end.ts';
import { isSignedIn } from './sign-in/is-signed-in.ts';
import { SessionEnds } from './sign-in/session-ends.ts';
import { SessionStore } from './sign-in/session-store.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { createSeal } from './storage/seal.ts';
import { AccountConfigClient } from './upstream/account-config-client.ts';
import { AgentLoginClient } from './upstream/agent-login-client.ts';
import { AppInstallationClient } from './upstream/app-installation-client.ts';
import { AppTokenClient } from './upstream/app-token-client.ts';
import { ConsumerTokenClient } from './upstream/consumer-token-client.ts';
import { ConversationClient } from './upstream/conversation-client.ts';
import { createUpstream } from './upstream/create-upstream.ts';
import { EmulatorControlClient } from './upstream/emulator-control-client.ts';
import { HistoryClient } from './upstream/history-client.ts';
import { ServiceDirectoryClient } from './upstream/service-directory-client.ts';
import type { UpstreamHttp } from './upstream/upstream-http.ts';
import { Notifications } from './webhooks/notifications.ts';
import { formsOf } from './webhooks/signature-forms.ts';
import { webhookRoute } from './webhooks/webhook.routes.ts';

export interface FeatureDeps extends Pick<
  BridgeParts,
  'directoryOriginOf' | 'demo' | 'log' | 'upstreamTimeoutMs' | 'endpointCheckLimits' | 'localAuthorities'
> {
  readonly config: BridgeConfig;
  readonly database: DatabaseSync;
  readonly store: EventStore;
  readonly shutdown: AbortSignal;
  /** Time that what is under way has to finish when the bridge stops. */
  readonly graceMs: number;
  readonly now: () => number;
  readonly heartbeatMs: number;
  readonly metrics: BridgeMetrics;
}

export interface Features extends Disposable {
  readonly webhooks: DirectRoute;
  readonly api: readonly ApiPart[];
  /** Whether the browser's session holds; asking does not count as a use. */
  isSignedIn(request: Request): boolean;
  /** Settles what a bridge that died left behind. */
  recover(): Promise<void>;
}

/** Puts the features together: each gets what it needs and nothing else. */
export function createFeatures(deps: FeatureDeps): Features {
  const { config, database, store, log, now, metrics } = deps;
  const { http, transfer, dispose } = createUpstream(deps);
  const secrets = new AppSecrets(database, createSeal(config.sessionSecret, 'app-secrets'));
  const registry = new ConversationRegistry(database);
  const signedIn = createSignIn(deps, http);
  const appChanges = new AppChanges(now);
  const client = new AppInstallationClient(http);
  const accountConfig = new AccountConfigClient(http);
  const installations = new Installations(client, secrets, appChanges);
  const talk = createConversations(deps, { http, secrets, registry, installations, ...signedIn });
  const arrivals = new CheckArrivals(now);
  const notifications = new Notifications({
    ...{ ...talk, secrets, registry, store, checks: arrivals, log, now, meter: metrics.webhooks },
    rotated: new RotatedSecrets({ ...signedIn, installations, secrets, log, now }),
    ...{ signatures: config.webhookSignatures, mode: config.webhookMode },
  });
  const checks = createChecks(deps, { client, accountConfig, secrets, changes: appChanges, arrivals });
  return {
    webhooks: webhookRoute({ notifications, meter: metrics.webhooks, log }),
    api: [
      signInRoutes({ ...signedIn, now }),
      installationRoutes({ ...signedIn, installations, accountConfig }),
      endpointCheckRoutes({ ...signedIn, checks, now }),
      talk.routes,
      historyRoutes({ ...signedIn, ...talk }),
      emulatorControlRoutes({ ...signedIn, ...talk, control: new EmulatorControlClient(http) }),
      fileRoutes({ ...signedIn, ...talk, files: new FileTransfers({ ...signedIn, ...talk, transfer }) }),
      eventStreamRoutes({
        ...{ ...deps, ...signedIn, meter: metrics.streams, mostPerSession: config.streamsPerSession },
      }),
      endWithCloudSession(signedIn.browser),
    ],
    isSignedIn: (request) => isSignedIn(request, { ...signedIn, log }),
    recover: talk.recover,
    [Symbol.dispose]: dispose,
  };
}

function createChecks(
  { config, now, endpointCheckLimits = DOCUMENTED_LIMITS, localAuthorities = () => [] }: FeatureDeps,
  parts: Pick<EndpointChecksDeps, 'client' | 'accountConfig' | 'secrets' | 'changes' | 'arrivals'>,
): EndpointChecks {
  return new EndpointChecks({
    ...parts,
    ...{ limits: endpointCheckLimits, ownHost: config.host, now, localAuthorities },
    formOf: (appKey) => formsOf(config.webhookSignatures, appKey)[0] ?? 'sha1-base64',
  });
}

function createSignIn(deps: FeatureDeps, http: UpstreamHttp) {
  const { config, database, store, log, now } = deps;
  const underWay = new CallsUnderWayBook();
  const recorder = new ExchangeRecorder(store, log, underWay);
  const access = new CloudAccess(deps.directoryOriginOf, recorder);
  const sessions = new SessionStore({ database, seal: createSeal(config.sessionSecret, 'sessions'), now });
  const ends = new SessionEnds();
  const agentLogin = new AgentLoginClient(http);
  const keepAlive = new CloudKeepAlive({ access, agentLogin, log, now });
  const browser = new BrowserSession({ sessions, ends, onUse: (session) => keepAlive.used(session) });
  const directory = new ServiceDirectoryClient(http);
  const demoSignIn = () => deps.demo()?.signIn ?? null;
  const signIn = new SignIn({ access, directory, agentLogin, sessions, recorder, log, demoSignIn });
  return { access, browser, ends, recorder, sessions, signIn, underWay };
}

interface ConversationParts extends ReturnType<typeof createSignIn> {
  readonly http: UpstreamHttp;
  readonly secrets: AppSecrets;
  readonly registry: ConversationRegistry;
  readonly installations: Installations;
}

function createConversations({ config, database, store, log, now }: FeatureDeps, parts: ConversationParts) {
  const { http, secrets, registry, installations, access, browser } = parts;
  const appTokens = new AppTokens({ client: new AppTokenClient(http), secrets, installations, log, now });
  const seal = createSeal(config.sessionSecret, 'consumer-tokens');
  const consumerTokens = new ConsumerTokens(new ConsumerTokenClient(http), database, seal);
  const calls = new ConnectorCalls(appTokens, consumerTokens);
  const client = new ConversationClient(http);
  const publisher = new Publisher({ access, calls, client, registry });
  const openings = new Openings({ database, registry, store, log });
  const conversations = new Conversations({ ...parts, calls, client, openings, store, now });
  const ledger = new SendLedger(database);
  const outcomes = new MessageOutcomes({ ledger, store, log });
  const messages = new Messages({ publisher, ledger, store, outcomes, now });
  const echoes = new MessageEchoes({ ledger, outcomes, log });
  const histories = new ConversationHistories({ ...parts, echoes, client: new HistoryClient(http) });
  const published = new PublishedEvents(store, log);
  const consumerEvents = new ConsumerEvents(publisher, published);
  const unlogged = new UnloggedReceipts({ ...config.retention, database, log, now });
  const receipts = new Receipts(consumerEvents, unlogged);
  const rawEvents = new RawEvents(messages, publisher, published);
  const tokenTimes = new TokenTimes({ access, appTokens, consumerTokens });
  const sends = new SendLimit(config.sendsPerConversation);
  const routes = conversationRoutes({
    ...{ browser, conversations, messages, consumerEvents, rawEvents, receipts, tokenTimes, sends },
  });
  const recover = () => outcomes.recover().then(() => openings.recover());
  return { conversations, histories, publisher, recover, routes, sends, witnesses: [echoes, openings] };
}
