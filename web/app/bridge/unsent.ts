import { Service, inject, signal } from '@angular/core';

import { TabMemory } from './tab-memory';

/** What was written or chosen and not sent, by kinds. */
export interface UnsentCounts {
  readonly messages: number;
  readonly drafts: number;
  readonly files: number;
}

/** What signing out would lose. */
@Service()
export class Unsent {
  private readonly memory = inject(TabMemory);

  /** Files that this tab has chosen and not sent; who holds them says so. */
  readonly files = signal(0);

  /** `null`: nothing. */
  counts(): UnsentCounts | null {
    const { drafts, unsent } = this.memory.wordCounts();
    const files = this.files();
    return drafts + unsent + files === 0 ? null : { messages: unsent, drafts, files };
  }
}
