import * as v from 'valibot';

import type { AppInstallation } from '#protocol/app-installation';
import { EMULATOR_PERSONAS } from '#protocol/emulator-controls';
import { asAccountId, asConsumerId, asConversationId } from '#protocol/identifiers';

import { jsonObject } from '../json-object.ts';
import type { AccountSettings } from './account-settings.ts';
import type { Account } from './account-state.ts';
import { accountUser } from './account-users.ts';
import type { AccountUser } from './account-users.ts';
import type { ConversationRecord } from './conversation-record.ts';
import type { ConversationState } from './conversation-state.ts';

const time = v.number();
const text = v.string();
const named = v.object({ id: text, name: text });

/**
 * Whether a value has the core of a kept thing. What the program wrote itself is not checked in every depth: a file from
 * another version says so by its number.
 */
const kept = <Kept>(core: v.GenericSchema, what: string) =>
  v.custom<Kept>((value) => v.is(core, value), `is no ${what}`);

const appSchema = kept<AppInstallation>(
  jsonObject({
    id: text,
    client_id: text,
    client_name: text,
    client_secret: v.nullable(text),
    client_id_issued_at: time,
    enabled: v.boolean(),
  }),
  'app installation',
);

const conversationCore = jsonObject({
  id: text,
  account: text,
  consumerId: text,
  skillId: text,
  stage: v.picklist(['OPEN', 'CLOSE']),
  ttr: jsonObject({ ttrType: text, value: v.number() }),
  features: v.array(text),
  startedAt: time,
  changedAt: time,
  dialogs: v.pipe(
    v.array(
      jsonObject({
        id: text,
        type: text,
        state: v.picklist(['OPEN', 'CLOSE']),
        nextSequence: v.number(),
        participants: v.array(jsonObject({ id: text, role: text })),
      }),
    ),
    v.minLength(1),
  ),
});

const recordCore = jsonObject({
  id: text,
  conversation: conversationCore,
  messages: v.array(
    jsonObject({ sequence: v.number(), at: time, by: text, event: jsonObject({ type: text }) }),
  ),
  statuses: v.array(jsonObject({ sequence: v.number(), at: time, by: text, status: text })),
  attendances: v.array(jsonObject({ joinedAt: time })),
  transfers: v.array(jsonObject({ at: time })),
});

/** What is kept of an account, readable and writable as JSON. */
export const keptAccountSchema = v.object({
  id: v.pipe(text, v.transform(asAccountId)),
  /** Where the endpoints of its seeded apps point to. */
  webhookUrl: text,
  /** Those who sign in; who is played by the emulator is not kept. */
  users: v.array(
    v.object({
      loginName: text,
      password: v.nullable(text),
      nickname: text,
      isAdmin: v.boolean(),
      isLpa: v.boolean(),
      isBlocked: v.exactOptional(v.boolean()),
      apiKeys: v.exactOptional(
        v.object({ appKey: text, secret: text, accessToken: text, accessTokenSecret: text }),
      ),
    }),
  ),
  skills: v.array(named),
  campaigns: v.array(v.object({ ...named.entries, engagements: v.array(named) })),
  features: v.record(text, v.boolean()),
  settings: kept<AccountSettings>(jsonObject({ hasSurvey: v.boolean() }), 'set of account settings'),
  installations: v.object({ revision: v.pipe(v.number(), v.integer()), apps: v.array(appSchema) }),
  profiles: v.array(v.tuple([v.pipe(text, v.transform(asConsumerId)), v.record(text, v.unknown())])),
  personas: v.array(v.tuple([v.pipe(text, v.transform(asConversationId)), v.picklist(EMULATOR_PERSONAS)])),
  sessions: v.array(v.object({ loginName: text, bearer: text, csrf: text, cookie: text, lastUsedAt: time })),
  conversations: v.array(kept<ConversationState>(conversationCore, 'conversation')),
  history: v.array(kept<ConversationRecord>(recordCore, 'record of a conversation')),
});

export type KeptAccount = v.InferOutput<typeof keptAccountSchema>;

/** What is to be kept of an account. */
export function accountToKeep(account: Account): KeptAccount {
  const played = new Set<AccountUser>(Object.values<AccountUser>({ ...account.staff }));
  return {
    id: account.id,
    webhookUrl: account.webhookUrl,
    users: account.users
      .filter((user) => !played.has(user))
      .map(({ loginName, password, nickname, isAdmin, isLpa, isBlocked, apiKeys }) => ({
        ...{ loginName, password, nickname, isAdmin, isLpa },
        ...(isBlocked !== undefined && { isBlocked }),
        ...(apiKeys !== undefined && { apiKeys }),
      })),
    skills: account.skills.map((skill) => ({ ...skill })),
    campaigns: account.campaigns.map(({ engagements, ...campaign }) => ({
      ...campaign,
      engagements: [...engagements],
    })),
    features: Object.fromEntries(account.features),
    settings: { ...account.settings },
    installations: {
      revision: account.installations.revision,
      apps: [...account.installations.list()],
    },
    profiles: account.profiles.list().map(([consumer, profile]) => [consumer, profile]),
    personas: account.personas.list().map(([conversation, persona]) => [conversation, persona]),
    sessions: account.sessions
      .list()
      .map(({ user, ...session }) => ({ loginName: user.loginName, ...session })),
    conversations: account.conversations.list(),
    // Copied: a record goes on changing while the snapshot is looked at.
    history: account.history.list().map((record) => structuredClone(record)),
  };
}

/** Fills a bare account with what was kept of it. */
export function keptAccount(account: Account, from: KeptAccount): Account {
  const played = Object.values<AccountUser>({ ...account.staff });
  account.users = [...from.users.map((user) => accountUser(account.id, user)), ...played];
  account.skills = from.skills;
  account.campaigns = from.campaigns;
  account.features.clear();
  for (const [feature, isOn] of Object.entries(from.features)) account.features.set(feature, isOn);
  Object.assign(account.settings, from.settings);
  account.installations.restore(from.installations);
  for (const [consumer, profile] of from.profiles) account.profiles.set(consumer, profile);
  for (const [conversation, persona] of from.personas) account.personas.set(conversation, persona);
  account.sessions.restore(
    from.sessions.flatMap(({ loginName, ...session }) => {
      const user = account.users.find((each) => each.loginName === loginName);
      return user ? [{ user, ...session }] : [];
    }),
  );
  account.conversations.restore(from.conversations);
  account.history.restore(from.history);
  return account;
}
