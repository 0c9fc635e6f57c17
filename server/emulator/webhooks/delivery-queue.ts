import type { ConversationId } from '#protocol/identifiers';

import type { Delivery } from './delivery.ts';

/** What waits for one app: a line per conversation, in order. */
export class DeliveryQueue {
  private readonly lines = new Map<ConversationId, Delivery[]>();
  private waiting = 0;
  private bytes = 0;

  get size(): number {
    return this.waiting;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  get conversations(): readonly ConversationId[] {
    return [...this.lines.keys()];
  }

  head(conversation: ConversationId): Delivery | null {
    return this.lines.get(conversation)?.[0] ?? null;
  }

  append(delivery: Delivery): void {
    const line = this.lines.get(delivery.conversationId);
    if (line) line.push(delivery);
    else this.lines.set(delivery.conversationId, [delivery]);
    this.count(delivery, 1);
  }

  /** Puts `next` in the place of its line's head. */
  replaceHead(next: Delivery): void {
    this.lines.get(next.conversationId)?.splice(0, 1, next);
  }

  removeHead(conversation: ConversationId): void {
    const line = this.lines.get(conversation);
    const removed = line?.shift();
    if (removed) this.count(removed, -1);
    if (line?.length === 0) this.lines.delete(conversation);
  }

  /** The oldest of those at the head of a line that is not busy. */
  oldestHead(isBusy: (conversation: ConversationId) => boolean): Delivery | null {
    let oldest: Delivery | null = null;
    for (const [conversation, [head]] of this.lines) {
      if (!head || isBusy(conversation)) continue;
      if (!oldest || head.number < oldest.number) oldest = head;
    }
    return oldest;
  }

  /** Takes out those that are meant, of lines that are not busy, and gives them. */
  takeOut(
    isMeant: (delivery: Delivery) => boolean,
    isBusy: (conversation: ConversationId) => boolean,
  ): readonly Delivery[] {
    const taken: Delivery[] = [];
    for (const [conversation, line] of this.lines) {
      if (isBusy(conversation)) continue;
      taken.push(...line.filter(isMeant));
      const left = line.filter((delivery) => !isMeant(delivery));
      if (left.length === 0) this.lines.delete(conversation);
      else if (left.length < line.length) this.lines.set(conversation, left);
    }
    taken.forEach((delivery) => this.count(delivery, -1));
    return taken;
  }

  /** All of them, line by line. */
  list(): readonly Delivery[] {
    return [...this.lines.values()].flat();
  }

  private count({ body }: Delivery, sign: 1 | -1): void {
    this.waiting += sign;
    this.bytes += sign * body.byteLength;
  }
}
