import { InjectionToken } from '@angular/core';

import type { MessageChange } from '#protocol/webhook-notification';

/** What becomes of a message on the consumer's screen. */
export type ScreenFate = 'shown' | 'named-only' | 'invalid';

/** Tells what the chat makes of an event that is a message. */
export type ReadScreenFate = (event: MessageChange['event']) => ScreenFate;

/** Whoever has a chat beside the inspector provides it; without one, every message counts as shown. */
export const READ_SCREEN_FATE = new InjectionToken<ReadScreenFate>('what the chat makes of an event', {
  factory: () => () => 'shown',
});
