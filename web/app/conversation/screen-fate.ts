import type { MessageChange } from '#protocol/webhook-notification';

import { readContent } from './message-content';
import { readContent as readStructured } from './structured/safe-content';

/** What the chat makes of a message: it is shown, only its name is, or it cannot be drawn. */
export function readScreenFate(event: MessageChange['event']): 'shown' | 'named-only' | 'invalid' {
  const content = readContent(event);
  if (content.kind === 'unsupported') return 'named-only';
  const isInvalid = content.kind === 'structured' && readStructured(content.content).kind === 'invalid';
  return isInvalid ? 'invalid' : 'shown';
}
