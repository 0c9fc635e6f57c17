import { Service, computed, inject } from '@angular/core';

import { TabMemory } from '../bridge/tab-memory';
import type { Message } from './message';

const NONE: readonly string[] = [];

/** More than anybody takes out by hand; of more, the oldest stand in the chat again. */
const MOST = 1_000;

/**
 * Messages that were never sent and that their writer has taken out of the chat. The log keeps them; the chat leaves them
 * out for as long as the tab is open, across reloads.
 */
@Service()
export class RemovedMessages {
  private readonly ids = inject(TabMemory).kept('removed', NONE, areIds);
  private readonly removed = computed<ReadonlySet<string>>(() => new Set(this.ids()));

  add(id: string): void {
    this.ids.update((ids) => [...ids.filter((other) => other !== id), id].slice(-MOST));
  }

  /** What the chat shows of `messages`. One that turns out to have been sent, or to be in doubt, is shown again. */
  shownOf(messages: readonly Message[]): readonly Message[] {
    const isOut = ({ id, delivery }: Message): boolean =>
      delivery?.isRemovable === true && this.removed().has(id);
    return messages.some(isOut) ? messages.filter((message) => !isOut(message)) : messages;
  }
}

function areIds(kept: unknown): kept is readonly string[] {
  return Array.isArray(kept) && kept.every((id) => typeof id === 'string');
}
