import { Service, computed, inject, linkedSignal, type WritableSignal } from '@angular/core';

import { ConversationsStore } from './conversations-store';

/** So that conversations can be told apart without having to think of a name. */
const NAMES = ['Kim', 'Ana', 'Ben', 'Lea', 'Noa', 'Ida', 'Tom', 'Mia', 'Jan', 'Eva'] as const;

/** The name of the next consumer: one that no conversation has yet, until the person gives another. */
@Service({ autoProvided: false })
export class ConsumerName {
  private readonly conversations = inject(ConversationsStore);

  private readonly suggestion = computed(() => {
    const taken = this.conversations.summaries().map(({ name }) => name);
    return NAMES.find((name) => !taken.includes(name)) ?? NAMES[taken.length % NAMES.length] ?? NAMES[0];
  });

  readonly name: WritableSignal<string> = linkedSignal<string, string>({
    source: () => this.suggestion(),
    computation: (suggestion, before) =>
      before === undefined || before.value === before.source ? suggestion : before.value,
  });
}
