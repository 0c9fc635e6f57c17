import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { asAccountId } from '#protocol/identifiers';
import type { AccountId } from '#protocol/identifiers';

import type { UserSeed } from './account-users.ts';
import { stableUuid } from './identity.ts';
import type { InstallationManifest } from './installation-manifest.ts';
import { SPECIALIST_SKILL } from './staff.ts';

/** The account that *Try it now* uses. Any other account whose id starts with `demo` is seeded alike. */
export const DEMO_ACCOUNT = asAccountId('demo');

export interface DemoCredentials {
  readonly loginName: string;
  readonly password: string;
}

/** May do everything. */
export const DEMO_ADMINISTRATOR: DemoCredentials = { loginName: 'admin', password: 'demo-admin' };
/** A user of the account who is no administrator. */
export const DEMO_AGENT: DemoCredentials = { loginName: 'agent', password: 'demo-agent' };
/** On the block list: is answered 451. @see PROTOCOL.md §2.1 */
export const DEMO_BLOCKED: DemoCredentials = { loginName: 'blocked', password: 'demo-blocked' };
/** LivePerson's own staff: no administrator, yet admitted like one. */
export const DEMO_LPA: DemoCredentials = { loginName: 'lpa', password: 'demo-lpa' };

/** A program that signs in by keys, as bots do. @see PROTOCOL.md §2.1 */
export const DEMO_API_USER = {
  loginName: 'bot',
  apiKeys: {
    appKey: 'demo-bot-app-key',
    secret: 'demo-bot-secret',
    accessToken: 'demo-bot-access-token',
    accessTokenSecret: 'demo-bot-access-token-secret',
  },
} as const;

/** Name of the one enabled connector app of a fresh account. */
export const DEMO_CONNECTOR_NAME = 'Demo connector';

export const SEEDED_USERS: readonly UserSeed[] = [
  { ...DEMO_ADMINISTRATOR, nickname: 'Alex', isAdmin: true, isLpa: false },
  { ...DEMO_AGENT, nickname: 'Robin', isAdmin: false, isLpa: false },
  { ...DEMO_LPA, nickname: 'Kim', isAdmin: false, isLpa: true },
  { ...DEMO_BLOCKED, nickname: 'Charlie', isAdmin: false, isLpa: false, isBlocked: true },
  { ...DEMO_API_USER, password: null, nickname: 'Bot', isAdmin: false, isLpa: false },
  { loginName: 'maria', password: 'demo-maria', nickname: 'Maria', isAdmin: false, isLpa: false },
  { loginName: 'liam', password: 'demo-liam', nickname: 'Liam', isAdmin: false, isLpa: false },
];

/** A group of agents that conversations may be asked for. */
export interface Skill {
  /** Up to ten digits. @see PROTOCOL.md §6.2.2 */
  readonly id: string;
  readonly name: string;
}

export interface SeededCampaign {
  readonly id: string;
  readonly name: string;
  readonly engagements: readonly { readonly id: string; readonly name: string }[];
}

export const SEEDED_SKILLS: readonly Skill[] = [
  { id: '1001', name: 'Orders' },
  { id: SPECIALIST_SKILL, name: 'Billing' },
  { id: '1003', name: 'Technical support' },
];

/** The first is what the original demo asks for when nothing is chosen. @see PROTOCOL.md §6.2.2 */
export const SEEDED_CAMPAIGNS: readonly SeededCampaign[] = [
  {
    id: '2894629312',
    name: 'Everyday questions',
    engagements: [{ id: '2894629412', name: 'Ask us' }],
  },
  {
    id: '2894629313',
    name: 'Spring sale',
    engagements: [
      { id: '2894629413', name: 'Help with your basket' },
      { id: '2894629414', name: 'Where is my parcel?' },
    ],
  },
];

/** Without it the account has no messaging. @see PROTOCOL.md §3 */
export const MESSAGING_FEATURE = 'Common.Async_Messaging';

export const SEEDED_FEATURES: readonly (readonly [string, boolean])[] = [
  [MESSAGING_FEATURE, true],
  ['Common.LiveEngage_2_Unified_window', true],
];

interface SeededApp {
  /** The same at every start, so that what refers to the app stays true. */
  readonly id: string;
  readonly manifest: InstallationManifest;
}

/**
 * The apps of a fresh account: a connector whose five endpoints are `webhookUrl`, one that is switched off, and one
 * that is no connector, so that a list must choose. @see PROTOCOL.md §4.1
 */
export function seededApps(account: AccountId, webhookUrl: string): readonly SeededApp[] {
  const webhooks = Object.fromEntries(
    WEBHOOK_EVENT_TYPES.map((type) => [type, { endpoint: webhookUrl, headers: [] }]),
  );
  const connector = { grant_types: ['client_credentials' as const], scope: 'msg.consumer' };
  const manifests: readonly InstallationManifest[] = [
    {
      ...connector,
      client_name: DEMO_CONNECTOR_NAME,
      description: 'Bridges the consumers of this demo',
      capabilities: { webhooks },
    },
    {
      ...connector,
      client_name: 'Retired connector',
      description: 'Disabled: gets no tokens and no webhooks',
      enabled: false,
      capabilities: { webhooks },
    },
    {
      client_name: 'Agent sign-on',
      description: 'Not a connector app: another scope',
      grant_types: ['authorization_code'],
      scope: 'agent_id',
      redirect_uris: ['https://sign-on.example.com/callback'],
    },
  ];
  return manifests.map((manifest) => ({ id: stableUuid(`${account}/${manifest.client_name}`), manifest }));
}
