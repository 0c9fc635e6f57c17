import type { ConversationView } from '#protocol/bridge-api';
import type { ConversationId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * How much may be on its way into one conversation at a time, whether it waits for its turn or for the cloud: each holds memory
 * and perhaps a connection, also after its page has gone.
 */
export class SendLimit {
  private readonly most: number;
  private readonly sending = new Map<ConversationId, number>();

  constructor(most: number) {
    this.most = most;
  }

  /** How many conversations it remembers: those with something on its way. */
  get size(): number {
    return this.sending.size;
  }

  /** @throws BridgeError `too-many-sends`; then the work is not begun */
  async run<Result>(
    { conversationId }: Pick<ConversationView, 'conversationId'>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const before = this.sending.get(conversationId) ?? 0;
    if (before >= this.most) throw tooMany(this.most);
    this.sending.set(conversationId, before + 1);
    try {
      return await work();
    } finally {
      const after = (this.sending.get(conversationId) ?? 1) - 1;
      if (after === 0) this.sending.delete(conversationId);
      else this.sending.set(conversationId, after);
    }
  }
}

const tooMany = (most: number): BridgeError =>
  new BridgeError(
    'too-many-sends',
    `${most} messages and other events of this conversation are on their way already; this one was not taken this time. ` +
      'Wait until they are answered, then send it again. The server’s setting is SENDS_MAX_PER_CONVERSATION.',
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  );
