import type { WebhookEventType } from '#protocol/app-installation';

import type { EndpointPlace } from './webhook-endpoints';

/** What each kind of notification is about, for a person who meets it for the first time. */
export const ENDPOINT_WORDS: Readonly<
  Record<WebhookEventType, { readonly name: string; readonly about: string }>
> = {
  'cqm.ExConversationChangeNotification': {
    name: $localize`Conversation changes`,
    about: $localize`Opened, an agent joined, transferred, closed`,
  },
  'ms.MessagingEventNotification.ContentEvent': {
    name: $localize`Messages`,
    about: $localize`Text and files from both sides`,
  },
  'ms.MessagingEventNotification.RichContentEvent': {
    name: $localize`Structured content`,
    about: $localize`Cards, buttons and surveys`,
  },
  'ms.MessagingEventNotification.AcceptStatusEvent': {
    name: $localize`Accept statuses`,
    about: $localize`A message was accepted or read`,
  },
  'ms.MessagingEventNotification.ChatStateEvent': {
    name: $localize`Chat states`,
    about: $localize`Somebody is typing, active or gone`,
  },
};

/** Where an endpoint points, in a word. */
export const PLACE_WORDS: Readonly<Record<EndpointPlace, string>> = {
  here: $localize`Here`,
  elsewhere: $localize`Elsewhere`,
  none: $localize`None`,
};
