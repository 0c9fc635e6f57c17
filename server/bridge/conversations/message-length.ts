import type { SendMessageRequest } from '#protocol/bridge-api';
import { MAX_REQUEST_CHARACTERS, textExcess } from '#protocol/connector/publish-request';
import type { ConversationId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';

/**
 * The cloud refuses a longer one without a word of why. What is written by hand as JSON is not asked for this: there its
 * refusal is part of what there is to see.
 *
 * @throws BridgeError `message-too-long`
 */
export function requireFit(
  conversationId: ConversationId,
  { dialogId, content, metadata }: SendMessageRequest,
): void {
  if (content.type !== 'text') return;
  const excess = textExcess(content.text, { conversationId, dialogId }, metadata);
  if (excess > 0) throw tooLong(excess);
}

const tooLong = (excess: number): BridgeError =>
  new BridgeError(
    'message-too-long',
    `The request that publishes it would have ${MAX_REQUEST_CHARACTERS + excess} characters of JSON; the cloud takes ` +
      `${MAX_REQUEST_CHARACTERS}. It was not sent.`,
  );
