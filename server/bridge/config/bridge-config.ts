import { resolve } from 'node:path';

import { isQaAccount } from '#protocol/identifiers';

import type { Durability } from '../storage/database.ts';
import { DEFAULT_RETENTION, type RetentionLimits } from '../event-store/sqlite-retention.ts';
import type { SignaturePolicy } from '../webhooks/signature-forms.ts';
import { DAY_MS, MB, type Settings } from './settings.ts';

/** What the bridge needs to know to start. */
export interface BridgeConfig {
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Whose `X-Forwarded-*` headers are believed: `off`, or ranges by name, addresses and subnets. */
  readonly trustedProxies: string;
  /** Who may read `/metrics`, in the same form. */
  readonly metricsAllow: string;
  /** Host names under which the web app and its API are served, beside those that are always allowed. */
  readonly allowedHosts: readonly string[];
  readonly dataDir: string;
  /** What a commit survives: the end of the process, or also a power cut. */
  readonly durability: Durability;
  /** How much of the log is kept. */
  readonly retention: RetentionLimits;
  /** How many event streams one browser session may have open. */
  readonly streamsPerSession: number;
  /** How many messages and other events, of all kinds together, may be on their way into one conversation. */
  readonly sendsPerConversation: number;
  /** Keeps sessions, app secrets and consumer tokens unreadable at rest; changing it ends all sessions. */
  readonly sessionSecret: string;
  readonly directoryHost: string;
  readonly directoryHostQa: string;
  /** How webhooks may be signed. */
  readonly webhookSignatures: SignaturePolicy;
  /** `observe`: a webhook whose signature is refused is answered as if it were taken; it is shown as refused all the same. */
  readonly webhookMode: 'strict' | 'observe';
  /** Folder of the built web app. */
  readonly webRoot: string;
  readonly version: string;
}

export function toBridgeConfig(
  settings: Settings,
  parts: { readonly sessionSecret: string; readonly projectRoot: string; readonly version: string },
): BridgeConfig {
  return {
    host: settings.HOST,
    port: settings.SERVER_HTTP_PORT,
    trustedProxies: settings.TRUSTED_PROXIES,
    metricsAllow: settings.METRICS_ALLOW,
    allowedHosts: settings.ALLOWED_HOSTS,
    dataDir: resolve(parts.projectRoot, settings.DATA_DIR),
    durability: settings.DURABILITY,
    retention: {
      ...DEFAULT_RETENTION,
      maxEntries: settings.EVENTS_MAX_COUNT,
      maxAgeMs: settings.EVENTS_MAX_DAYS * DAY_MS,
      maxBytes: settings.EVENTS_MAX_MB * MB,
      maxFileBytes: settings.EVENTS_MAX_MB * MB * 2,
    },
    streamsPerSession: settings.STREAMS_MAX_PER_SESSION,
    sendsPerConversation: settings.SENDS_MAX_PER_CONVERSATION,
    sessionSecret: parts.sessionSecret,
    directoryHost: settings.CSDS_DOMAIN,
    directoryHostQa: settings.CSDS_DOMAIN_QA,
    webhookSignatures: settings.WEBHOOK_SIGNATURE,
    webhookMode: settings.WEBHOOK_MODE,
    webRoot: resolve(parts.projectRoot, 'dist/web'),
    version: parts.version,
  };
}

/** Host of the directory that a real account is looked up in. */
export function directoryHostOf(account: string, config: BridgeConfig): string {
  return isQaAccount(account) ? config.directoryHostQa : config.directoryHost;
}
