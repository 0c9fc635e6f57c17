import { Component, computed, inject, signal } from '@angular/core';

import { CHAT_STATES, type ChatState } from '#protocol/connector/events';

import { wordsOf } from '../../bridge/failure-words';
import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { ChatStateReporter } from '../chat-state-reporter';
import { ConversationStore } from '../conversation-store';
import { AutomaticSettings, IDLE_SECONDS, type AutomaticSwitch } from './automatic-settings';

const SWITCHES: readonly { readonly name: AutomaticSwitch; readonly words: string; readonly hint: string }[] =
  [
    { name: 'typing', words: 'COMPOSING, PAUSE', hint: $localize`while you write` },
    {
      name: 'presence',
      words: 'ACTIVE, GONE',
      hint: $localize`when you look at the page and when you leave it`,
    },
    { name: 'idle', words: 'INACTIVE', hint: $localize`when nobody touches the page` },
    { name: 'accept', words: 'ACCEPT', hint: $localize`for what arrives` },
    { name: 'read', words: 'READ', hint: $localize`for what you see` },
    { name: 'access', words: 'ACCESS', hint: $localize`for files you open` },
    { name: 'action', words: 'ACTION', hint: $localize`for buttons and replies you use` },
  ];

/** What the consumer tells beside messages: each state by hand, and what goes out by itself. */
@Component({
  selector: 'app-consumer-controls',
  imports: [FailureNote, Icon],
  templateUrl: './consumer-controls.html',
  styleUrl: './consumer-controls.scss',
  host: { class: 'scroll-signs' },
})
export class ConsumerControls {
  private readonly reporter = inject(ChatStateReporter);
  private readonly store = inject(ConversationStore);
  protected readonly settings = inject(AutomaticSettings);

  protected readonly states = CHAT_STATES;
  protected readonly againTitle = $localize`Sent last; send it again`;
  protected readonly nowTitle = $localize`Send it now`;
  protected readonly switches = SWITCHES;
  protected readonly idleBounds = IDLE_SECONDS;
  protected readonly told = signal('');
  protected readonly failure = signal<ReturnType<typeof wordsOf> | null>(null);
  /** Why no state can be said; `null` when one can. */
  protected readonly obstacle = computed(() => {
    const state = this.store.state();
    if (state === null) return $localize`Open a conversation first`;
    if (state.isElsewhere) return $localize`Another server opened this conversation`;
    if (state.phase === 'survey') return $localize`A survey takes no chat states`;
    return state.phase === 'open' ? null : $localize`The conversation is closed`;
  });
  /** Told last; none where none can be told, since it no longer stands. */
  protected readonly current = computed(() => (this.obstacle() === null ? this.store.ownChatState() : null));
  protected readonly offCount = computed(
    () => SWITCHES.filter(({ name }) => !this.settings.current()[name]).length,
  );

  /** What is pressed while another is on its way goes out after it. */
  protected async say(state: ChatState): Promise<void> {
    if (this.obstacle() !== null) return;
    this.failure.set(null);
    this.told.set('');
    try {
      await this.reporter.say(state);
      this.told.set($localize`${state} sent`);
    } catch (failure) {
      this.failure.set(wordsOf(failure));
    }
  }

  protected toggle(name: AutomaticSwitch, event: Event): void {
    if (event.target instanceof HTMLInputElement) this.settings.set({ [name]: event.target.checked });
  }

  protected setIdle(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const seconds = Math.round(event.target.valueAsNumber);
    const isRight = seconds >= IDLE_SECONDS.min && seconds <= IDLE_SECONDS.max;
    if (isRight) this.settings.set({ idleAfterSeconds: seconds });
    else event.target.value = `${this.settings.current().idleAfterSeconds}`;
  }
}
