import type { RequestListener } from 'node:http';
import { join } from 'node:path';

import type { Express, Router } from 'express';

import type { About } from '#protocol/bridge-api';

import type { BridgeParts } from './bridge-parts.ts';
import type { BridgeConfig } from './config/bridge-config.ts';
import { toCallerList, toNamedCallers } from './config/caller-list.ts';
import type { EventStore } from './event-store/event-store.ts';
import { MeteredEventStore } from './event-store/metered-event-store.ts';
import { SqliteEventStore } from './event-store/sqlite-event-store.ts';
import { createFeatures, type Features } from './features.ts';
import { httpApp } from './http-app.ts';
import { withDirectRoute } from './http/direct-route.ts';
import { startHttpServer } from './http/http-server.ts';
import { webApp } from './http/web-app.ts';
import { aboutRoutes } from './health/about.routes.ts';
import { healthRoutes } from './health/health.routes.ts';
import { Readiness } from './health/readiness.ts';
import type { Logger } from './logging/loggers.ts';
import { createBridgeMetrics, type BridgeMetrics } from './metrics/bridge-metrics.ts';
import { metricsRoutes } from './metrics/metrics.routes.ts';
import { openApiRoutes } from './openapi/openapi.routes.ts';
import { webhookRoutes } from './webhooks/webhook.routes.ts';
import { openBridgeDatabase } from './storage/bridge-database.ts';
import { holdFolder } from './storage/held-folder.ts';
import { tryWriting } from './storage/write-trial.ts';

/** A running bridge. Disposing of it stops it: streams end, requests finish, everything is on disk. */
export interface Bridge extends AsyncDisposable {
  /** Where programs on this machine reach it, e.g. `http://127.0.0.1:8282`. */
  readonly origin: string;
  /** The same for people, e.g. `http://localhost:8282`. */
  readonly address: string;
  /** Where webhooks can be posted on this machine. */
  readonly webhookUrl: string;
}

/** The chip in the browser gives up hope after 22 s, so two in a row may get lost. */
const HEARTBEAT_MS = 7_000;
/** Time that running requests have to finish when the bridge stops. */
const GRACE_MS = 4_000;
/** Time that a bridge that is stopping has to let go of the folder: its grace, and what it closes after that. */
export const FOLDER_PATIENCE_MS = GRACE_MS + 2_000;

/** Starts the bridge. @throws StartError when the port or the data folder cannot be used, or another process uses the folder */
export async function startBridge(config: BridgeConfig, parts: BridgeParts): Promise<Bridge> {
  await using stack = new AsyncDisposableStack();
  const { log, now = Date.now, heartbeatMs = HEARTBEAT_MS } = parts;
  stack.use(parts.heldFolder === undefined ? heldFolderOf(config, parts) : null);
  const database = openBridgeDatabase(fileIn(config.dataDir, 'bridge.sqlite'), {
    log,
    durability: config.durability,
  });
  stack.defer(() => database.close());
  const metrics = createBridgeMetrics();
  const store = stack.use(new MeteredEventStore(openEventStore(config, log, now), metrics.log));
  const shutdown = new AbortController();
  const features = createFeatures({
    ...parts,
    ...{ config, database, store, now, heartbeatMs, metrics, shutdown: shutdown.signal, graceMs: GRACE_MS },
  });
  stack.use(features);
  await features.recover();

  const health = healthRoutes(
    new Readiness({
      tryWriting: [() => store.tryWriting(), () => tryWriting(database)],
      ...{ shutdown: shutdown.signal, now },
    }),
  );
  const listenerAt = (port: number): RequestListener => {
    const app = bridgeApp(addressAt(config, port), config, parts, { ...features, health, metrics });
    return withDirectRoute(app, features.webhooks, log);
  };
  const server = await startHttpServer(config, listenerAt);
  const address = addressAt(config, server.port);
  const origin = `http://${reachableHost(config.host)}:${server.port}`;
  stack.defer(() => server.close(GRACE_MS));
  stack.defer(() => shutdown.abort());
  const running = stack.move();
  return {
    ...{ origin, address, webhookUrl: webhookUrlAt(address) },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function heldFolderOf(
  { dataDir }: BridgeConfig,
  { log, folderPatienceMs: patienceMs = FOLDER_PATIENCE_MS }: BridgeParts,
): Disposable {
  const waiting = (why: string): void => log.warn({ why }, 'the data folder is waited for');
  return holdFolder(dataDir, { patienceMs, waiting });
}

function openEventStore(config: BridgeConfig, log: Logger, now: () => number): EventStore {
  const { dataDir, durability, retention } = config;
  return new SqliteEventStore({ path: fileIn(dataDir, 'events.sqlite'), log, now, durability, retention });
}

/** What answers beside the features. */
export interface AppParts extends Pick<Features, 'webhooks' | 'api' | 'isSignedIn'> {
  readonly health: Router;
  readonly metrics: BridgeMetrics;
}

/** Everything the bridge serves, at this address. */
export function bridgeApp(
  address: string,
  config: BridgeConfig,
  parts: BridgeParts,
  { health, metrics, webhooks, api, isSignedIn }: AppParts,
): Express {
  return httpApp({
    log: parts.log,
    isTrustedProxy: toCallerList(config.trustedProxies),
    allowedHosts: {
      names: [...config.allowedHosts, config.host.toLowerCase()],
      // Proxies that somebody named: the browsers of this machine are none.
      isVouchedForBy: toNamedCallers(config.trustedProxies),
    },
    operations: [health, metricsRoutes({ metrics, allows: toCallerList(config.metricsAllow) })],
    webhooks: webhookRoutes(webhooks),
    api: [aboutRoutes(() => aboutOf(config, parts, webhookUrlAt(address))), openApiRoutes(), ...api],
    webApp: webApp({ webRoot: config.webRoot, isSignedIn }),
  });
}

const webhookUrlAt = (address: string): string => `${address}/notifications/event`;

function aboutOf(config: BridgeConfig, { demo }: BridgeParts, localWebhookUrl: string): About {
  const emulator = demo();
  return {
    version: config.version,
    directoryHost: config.directoryHost,
    directoryHostQa: config.directoryHostQa,
    emulator: emulator && { host: emulator.host, account: emulator.account },
    localWebhookUrl,
  };
}

/** Tests keep everything in memory. */
function fileIn(folder: string, name: string): string {
  return folder === ':memory:' ? ':memory:' : join(folder, name);
}

/** A wildcard address is one to listen on, not one to call. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The address for people. */
function addressAt({ host }: BridgeConfig, port: number): string {
  const reachable = reachableHost(host);
  return `http://${/^(127\.|\[::1\])/.test(reachable) ? 'localhost' : reachable}:${port}`;
}
