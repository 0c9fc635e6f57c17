import type { Delivery, DeliveryFailure, Message } from './message';

/** `next`, but with the very objects of `previous` where nothing changed, so that only what changed is drawn anew. */
export function reuseMessages(previous: readonly Message[], next: readonly Message[]): readonly Message[] {
  if (previous.length === 0) return next;
  const known = new Map(previous.map((message) => [message.id, message]));
  const reused = next.map((message) => {
    const before = known.get(message.id);
    return before !== undefined && isSameMessage(before, message) ? before : message;
  });
  const isSame = reused.length === previous.length && reused.every((message, at) => message === previous[at]);
  return isSame ? previous : reused;
}

function isSameMessage(one: Message, other: Message): boolean {
  return (
    one.key === other.key &&
    one.at === other.at &&
    one.content === other.content &&
    one.isOwn === other.isOwn &&
    one.role === other.role &&
    one.isFromHistory === other.isFromHistory &&
    one.quickReplies === other.quickReplies &&
    isSameDelivery(one.delivery, other.delivery)
  );
}

function isSameDelivery(one: Delivery | null, other: Delivery | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.state === other.state &&
    one.isAnswered === other.isAnswered &&
    one.echo === other.echo &&
    one.accepted === other.accepted &&
    one.read === other.read &&
    one.isRemovable === other.isRemovable &&
    isSameFailure(one.failure, other.failure)
  );
}

const isSameFailure = (one: DeliveryFailure | null, other: DeliveryFailure | null): boolean =>
  one?.problem === other?.problem && one?.isReplaced === other?.isReplaced;
