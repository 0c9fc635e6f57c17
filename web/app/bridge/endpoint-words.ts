import type { WebhookEventType } from '#protocol/app-installation';

/** What each kind of notification is about, for a person who meets it for the first time. */
export const ENDPOINT_WORDS: Readonly<
  Record<WebhookEventType, { readonly name: string; readonly about: string }>
> = {
  'cqm.ExConversationChangeNotification': {
    name: 'Conversation changes',
    about: 'Opened, an agent joined, transferred, closed',
  },
  'ms.MessagingEventNotification.ContentEvent': {
    name: 'Messages',
    about: 'Text and files from both sides',
  },
  'ms.MessagingEventNotification.RichContentEvent': {
    name: 'Structured content',
    about: 'Cards, buttons and surveys',
  },
  'ms.MessagingEventNotification.AcceptStatusEvent': {
    name: 'Accept statuses',
    about: 'A message was accepted or read',
  },
  'ms.MessagingEventNotification.ChatStateEvent': {
    name: 'Chat states',
    about: 'Somebody is typing, active or gone',
  },
};
