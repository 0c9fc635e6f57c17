import { asAccountId, isEmulatedAccount } from '#protocol/identifiers';
import type { AccountId } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import { defaultAccountSettings } from './account-settings.ts';
import type { Account } from './account-state.ts';
import { accountUser } from './account-users.ts';
import type { AccountUser } from './account-users.ts';
import { AgentSessions } from './agent-sessions.ts';
import { AppInstallations } from './app-installations.ts';
import { BoundedMap } from './bounded-map.ts';
import { ConversationHistory } from './conversation-history.ts';
import { Conversations } from './conversations.ts';
import { keptAccount } from './kept-account.ts';
import type { KeptAccount } from './kept-account.ts';
import type { Occurrence } from './conversations.ts';
import { SEEDED_CAMPAIGNS, SEEDED_FEATURES, SEEDED_SKILLS, SEEDED_USERS, seededApps } from './seed.ts';
import { staffOf } from './staff.ts';
import { newSurveyOffer } from './survey-offer.ts';

const ACCOUNT_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Accounts come to be by being named; this keeps a stream of invented names from filling the memory. */
const MOST_ACCOUNTS = 1000;
const MOST_PROFILES = 10_000;

export interface AccountsDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  /** Where the webhooks of the seeded apps go. */
  readonly webhookUrl: () => string;
  readonly tell: (account: Account, occurrence: Occurrence) => void;
  /** Told when an account that was kept is named for the first time since. */
  readonly revive?: (account: Account) => void;
}

/** The accounts of the emulated cloud: every id that starts with `demo`, seeded at first use. */
export class Accounts {
  private readonly byId = new Map<AccountId, Account>();
  /** Kept accounts that nobody has named since. */
  private readonly restored = new Set<AccountId>();
  private readonly deps: AccountsDeps;

  constructor(deps: AccountsDeps) {
    this.deps = deps;
  }

  /** Whether the account is one of ours; asking does not create it. */
  exists(id: string): boolean {
    return ACCOUNT_ID.test(id) && isEmulatedAccount(id);
  }

  /** The account, seeded when it is named for the first time; `null` when it is none of ours. */
  get(id: string): Account | null {
    if (!this.exists(id)) return null;
    const accountId = asAccountId(id);
    const known = this.byId.get(accountId);
    if (known) return this.upToDate(known);
    if (this.byId.size >= MOST_ACCOUNTS) return null;
    const seeded = this.seed(accountId);
    this.byId.set(accountId, seeded);
    return seeded;
  }

  /** The accounts that have been named. */
  list(): readonly Account[] {
    return [...this.byId.values()];
  }

  /** Puts what was kept in the place of all accounts. */
  restore(kept: readonly KeptAccount[]): void {
    this.clear();
    for (const account of kept) {
      if (!this.exists(account.id) || this.byId.size >= MOST_ACCOUNTS) continue;
      this.byId.set(account.id, keptAccount(this.bare(account.id, account.webhookUrl), account));
      this.restored.add(account.id);
    }
  }

  /** Lets what was under way in kept accounts go on, as if each was named. */
  resume(): void {
    for (const id of [...this.restored]) this.get(id);
  }

  /** Forgets all accounts: each is seeded anew when it is named again. */
  clear(): void {
    this.byId.clear();
    this.restored.clear();
  }

  /** An account that was kept may point to where the connector listened then. */
  private upToDate(account: Account): Account {
    if (!this.restored.delete(account.id)) return account;
    const url = this.deps.webhookUrl();
    if (url !== account.webhookUrl) account.installations.moveEndpoints(account.webhookUrl, url);
    account.webhookUrl = url;
    this.deps.revive?.(account);
    return account;
  }

  private seed(id: AccountId): Account {
    const account = this.bare(id, this.deps.webhookUrl());
    for (const app of seededApps(id, account.webhookUrl)) account.installations.create(app.manifest, app.id);
    // A fresh account is one that has stood for long.
    account.installations.effective.settle();
    return account;
  }

  /** An account with its people and without apps. */
  private bare(id: AccountId, webhookUrl: string): Account {
    const { clock, settings, tell } = this.deps;
    const users = SEEDED_USERS.map((user) => accountUser(id, user));
    const staff = staffOf(id);
    const account: Account = {
      id,
      webhookUrl,
      users: [...users, ...Object.values<AccountUser>({ ...staff })],
      staff,
      settings: { ...defaultAccountSettings },
      sessions: new AgentSessions({ clock, ttlMs: () => settings.agentSessionTtlMs }),
      installations: new AppInstallations({
        clock,
        effectDelayMs: () => settings.installationEffectDelayMs,
      }),
      conversations: new Conversations({
        clock,
        tell: (occurrence) => tell(account, occurrence),
        survey: ({ skillId }) => newSurveyOffer(account, settings, skillId),
      }),
      history: new ConversationHistory(),
      profiles: new BoundedMap(MOST_PROFILES),
      features: new Map(SEEDED_FEATURES),
      skills: SEEDED_SKILLS,
      campaigns: SEEDED_CAMPAIGNS,
      personas: new BoundedMap(MOST_PROFILES),
    };
    return account;
  }
}
