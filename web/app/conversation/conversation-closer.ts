import { Service, inject, signal } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';

/** How far an asked-for close is. */
export type ClosingStage = 'asked' | 'taken';

/** Closes conversations, each once, and knows how far that is. */
@Service({ autoProvided: false })
export class ConversationCloser {
  private readonly bridge = inject(BridgeClient);

  private readonly stages = signal<ReadonlyMap<ConversationId, ClosingStage>>(new Map());

  /** `null` where none was asked for. */
  stageOf(id: ConversationId): ClosingStage | null {
    return this.stages().get(id) ?? null;
  }

  /** Throws what the bridge says when it fails; then it can be asked for again. */
  async close(id: ConversationId, mode: 'close' | 'survey'): Promise<void> {
    this.set(id, 'asked');
    try {
      await this.bridge.closeConversation(id, { mode });
      // A close with survey leaves the conversation open: the next notification tells in which state.
      this.set(id, mode === 'close' ? 'taken' : null);
    } catch (failure) {
      this.set(id, null);
      throw failure;
    }
  }

  private set(id: ConversationId, stage: ClosingStage | null): void {
    const others = [...this.stages()].filter(([other]) => other !== id);
    this.stages.set(new Map(stage === null ? others : [...others, [id, stage]]));
  }
}
