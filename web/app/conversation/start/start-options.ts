import { Service, computed, inject, linkedSignal, signal } from '@angular/core';

import type { ConversationOptions } from '#protocol/bridge-api';

import { BROWSER_STORAGE } from '../../bridge/browser-storage';
import { ConversationsStore } from '../conversations-store';
import { readRemembered, type OptionsPreset, type RememberedOptions } from './options-memory';

/** What the next conversation starts with; remembered for each app in this browser. */
@Service({ autoProvided: false })
export class StartOptions {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly conversations = inject(ConversationsStore);

  private readonly key = computed(() => `conversation-options ${this.conversations.appKey() ?? ''}`);
  private readonly remembered = linkedSignal<string, RememberedOptions>({
    source: this.key,
    computation: (key) => readRemembered(this.storage.get(key)),
  });

  /** Those used last. */
  readonly options = computed(() => this.remembered().last);
  readonly presets = computed(() => this.remembered().presets);
  /** Of the next consumer; empty for a new one. Not remembered: a consumer has one open conversation. */
  readonly externalId = signal('');

  use(options: ConversationOptions): void {
    this.keep({ ...this.remembered(), last: options });
  }

  /** Keeps options under a name; the same name again replaces them. */
  savePreset(name: string, options: ConversationOptions): void {
    const others = this.others(name);
    const presets = [...others, { name, options }].sort((one, other) => one.name.localeCompare(other.name));
    this.keep({ ...this.remembered(), presets });
  }

  /** The preset that has just these options. */
  presetOf(options: ConversationOptions): OptionsPreset | undefined {
    const wanted = JSON.stringify(options);
    return this.presets().find((preset) => JSON.stringify(preset.options) === wanted);
  }

  removePreset(name: string): void {
    this.keep({ ...this.remembered(), presets: this.others(name) });
  }

  private others(name: string): readonly OptionsPreset[] {
    return this.remembered().presets.filter((preset) => preset.name !== name);
  }

  private keep(remembered: RememberedOptions): void {
    this.remembered.set(remembered);
    this.storage.set(this.key(), JSON.stringify(remembered));
  }
}
