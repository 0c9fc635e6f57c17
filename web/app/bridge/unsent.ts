import { Service, inject } from '@angular/core';

import { TabMemory } from './tab-memory';

/** What was written and not sent, by kinds. */
export interface UnsentCounts {
  readonly messages: number;
  readonly drafts: number;
}

/** What signing out would lose. */
@Service()
export class Unsent {
  private readonly memory = inject(TabMemory);

  /** `null`: nothing. */
  counts(): UnsentCounts | null {
    const { drafts, unsent } = this.memory.wordCounts();
    return drafts + unsent === 0 ? null : { messages: unsent, drafts };
  }
}
