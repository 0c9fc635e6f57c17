import type { AppKey, ConversationId } from '#protocol/identifiers';

import type { WebhookItem } from './inspector-item';
import type { OtherApp } from './item-head';

/** What tells whose a webhook is. */
export interface KnownApps {
  /** The app on the screen; of conversations that the log does not know whose they are it sees what came for it. */
  readonly shown: AppKey | null;
  readonly names: ReadonlyMap<AppKey, string>;
  /** Which app opened a conversation, as the log tells. */
  readonly owners: ReadonlyMap<ConversationId, AppKey>;
}

export const otherAppWords = ({ appKey, name }: OtherApp): string =>
  $localize`for another app: ${name ?? appKey}`;

/** The same in sentences. */
export const otherAppSentences = ({ appKey, name }: OtherApp): string =>
  $localize`Delivered for another app of this account, ${name === null ? appKey : `${name} (${appKey})`}. The chat has only what is delivered for its own app.`;

/** For a title. */
export const otherAppTitle = (app: OtherApp): string =>
  $localize`${otherAppSentences(app)} The filter -app:other leaves such out.`;

/** What the filter knows a delivery for another app by, besides its name and key. */
const OTHER = 'other';

/** Marks webhooks that the cloud delivered for another app than the conversation's; each only once for the same apps. */
export class AppMarks {
  private readonly marked = new WeakMap<WebhookItem, WebhookItem>();

  of(item: WebhookItem, apps: KnownApps): WebhookItem {
    const { entry, fields } = item;
    if (entry.kind !== 'notification') return item;
    const delivered = { appKey: entry.appKey, name: apps.names.get(entry.appKey) ?? null };
    const otherApp = isOwn(item, delivered, apps) ? null : delivered;
    const app = fieldOf(delivered, otherApp !== null);
    if (fields['app'] === app) return item;
    const known = this.marked.get(item);
    if (known?.fields['app'] === app) return known;
    const next = { ...item, otherApp, fields: { ...fields, app } };
    this.marked.set(item, next);
    return next;
  }
}

/** The apps that webhooks were delivered for which concern conversations of others. */
export const otherAppsOf = (webhooks: readonly WebhookItem[]): readonly AppKey[] => [
  ...new Set(webhooks.flatMap(({ otherApp }) => otherApp?.appKey ?? [])),
];

function isOwn({ conversationId }: WebhookItem, { appKey }: OtherApp, { owners, shown }: KnownApps): boolean {
  const owner = (conversationId === null ? undefined : owners.get(conversationId)) ?? shown;
  return owner === null || owner === appKey;
}

/** For the filter, in lower case. */
const fieldOf = ({ appKey, name }: OtherApp, isOther: boolean): string =>
  `${isOther ? `${OTHER} ` : ''}${name === null ? '' : `${name} `}${appKey}`.toLowerCase();
