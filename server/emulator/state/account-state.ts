import type { EmulatorPersona } from '#protocol/emulator-controls';
import type { AccountId, ConsumerId, ConversationId } from '#protocol/identifiers';

import type { AccountSettings } from './account-settings.ts';
import type { AccountUser } from './account-users.ts';
import type { AgentSessions } from './agent-sessions.ts';
import type { AppInstallations } from './app-installations.ts';
import type { BoundedMap } from './bounded-map.ts';
import type { ConversationHistory } from './conversation-history.ts';
import type { Conversations } from './conversations.ts';
import type { Staff } from './staff.ts';
import type { SeededCampaign, Skill } from './seed.ts';

/** What the consumer, or the connector for it, said about itself. @see PROTOCOL.md §6.2.1 */
export type ConsumerProfile = Readonly<Record<string, unknown>>;

/** One account of the emulated cloud. */
export interface Account {
  readonly id: AccountId;
  users: readonly AccountUser[];
  /** Agents and bots that the emulator plays. */
  readonly staff: Staff;
  /** May be changed while the account is in use. */
  readonly settings: AccountSettings;
  readonly sessions: AgentSessions;
  readonly installations: AppInstallations;
  readonly conversations: Conversations;
  /** What was said and done in them. @see PROTOCOL.md §9 */
  readonly history: ConversationHistory;
  readonly profiles: BoundedMap<ConsumerId, ConsumerProfile>;
  /** Values of the account's features by `compoundFeatureID`. @see PROTOCOL.md §3 */
  readonly features: Map<string, boolean>;
  /** Who serves single conversations, where it is not who serves the account. */
  readonly personas: BoundedMap<ConversationId, EmulatorPersona>;
  skills: readonly Skill[];
  campaigns: readonly SeededCampaign[];
  /** Where the endpoints of its seeded apps point to. */
  webhookUrl: string;
}
