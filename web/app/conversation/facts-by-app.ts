import type { LogEntry } from '#protocol/bridge-events';
import type { AppKey } from '#protocol/identifiers';

import { withEntries } from './apply-entries';
import { NO_FACTS, type ConversationFacts } from './conversation-facts';

/**
 * What is known of a conversation, apart for each app: the cloud posts every event once for each app of the account that
 * wants it, and what one app is told, another may never hear. @see PROTOCOL.md §8.1
 */
export interface KnownConversation {
  /** Without any webhook: what this server did in it, and the cloud's history. */
  readonly own: ConversationFacts;
  /** The same with the webhooks that were delivered for an app, by that app; once it is known whose it is, of no other. */
  readonly byApp: ReadonlyMap<AppKey, ConversationFacts>;
}

export const NOTHING_KNOWN: KnownConversation = { own: NO_FACTS, byApp: new Map() };

/** What is known after a batch of entries of this conversation. Pure; repeated or reordered entries change nothing. */
export function withTold({ own, byApp }: KnownConversation, entries: readonly LogEntry[]): KnownConversation {
  const steps = entries.filter(({ kind }) => kind !== 'notification');
  const nextOwn = withSome(own, steps);
  const next = new Map<AppKey, ConversationFacts>();
  for (const app of appsOf(nextOwn, byApp, entries)) {
    const told = entries.filter((entry) => entry.kind !== 'notification' || entry.appKey === app);
    const known = byApp.get(app);
    // A webhook may overtake the entry that opens its conversation.
    if (known !== undefined || told.length > steps.length) next.set(app, withSome(known ?? own, told));
  }
  return { own: nextOwn, byApp: next };
}

/** The conversation as the app that opened it was told; where that is not in the log, as `appKey` was. */
export const factsFor = ({ own, byApp }: KnownConversation, appKey: AppKey | null): ConversationFacts => {
  const app = own.opened?.appKey ?? appKey;
  return (app === null ? undefined : byApp.get(app)) ?? own;
};

/** The same with all its facts changed; `null` where `change` leaves none. */
export function withEach(
  { own, byApp }: KnownConversation,
  change: (facts: ConversationFacts) => ConversationFacts | null,
): KnownConversation | null {
  const nextOwn = change(own);
  const next = new Map<AppKey, ConversationFacts>();
  for (const [app, facts] of byApp) {
    const changed = change(facts);
    if (changed !== null) next.set(app, changed);
  }
  return nextOwn === null && next.size === 0 ? null : { own: nextOwn ?? NO_FACTS, byApp: next };
}

function appsOf(
  { opened }: ConversationFacts,
  byApp: KnownConversation['byApp'],
  entries: readonly LogEntry[],
): ReadonlySet<AppKey> {
  if (opened !== null) return new Set([opened.appKey]);
  const told = entries.flatMap((entry) => (entry.kind === 'notification' ? [entry.appKey] : []));
  return new Set([...byApp.keys(), ...told]);
}

/** The same object where nothing came, so that nobody works it out anew. */
const withSome = (facts: ConversationFacts, entries: readonly LogEntry[]): ConversationFacts =>
  entries.length === 0 ? facts : withEntries(facts, entries);
