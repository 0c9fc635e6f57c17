import { DestroyRef, Service, effect, inject, signal, type WritableSignal } from '@angular/core';

import { TAB_STORAGE } from './browser-storage';

const KEY = 'until-sign-out';
const OWNER_KEY = 'until-sign-out-of';

/**
 * Choices, drafts and unsent messages that a reload of the tab keeps until the person signs out. Who signs in again after
 * the session ran out finds them; nobody else does. Never a credential.
 */
@Service()
export class TabMemory {
  private readonly storage = inject(TAB_STORAGE);
  /** Each makes one that is in use as usual again. */
  private readonly resets = new Set<() => void>();

  /**
   * A signal that begins with what it was before the reload. Call it where something can be injected.
   *
   * @param usual What it is otherwise.
   * @param isOne Whether what was kept can be one: JSON of the tab, perhaps of another version.
   */
  kept<Choice>(
    name: string,
    usual: Choice,
    isOne: (kept: unknown) => kept is Choice,
  ): WritableSignal<Choice> {
    const before = this.read()[name];
    const choice = signal(isOne(before) ? before : usual);
    effect(() => this.write(name, choice(), usual));
    const reset = (): void => choice.set(usual);
    this.resets.add(reset);
    inject(DestroyRef).onDestroy(() => this.resets.delete(reset));
    return choice;
  }

  /** Somebody is signed in: what another person left is forgotten. */
  belongTo(owner: string): void {
    if (this.storage.get(OWNER_KEY) === owner) return;
    this.forget();
    this.storage.set(OWNER_KEY, owner);
  }

  /** The person has signed out: whoever comes next begins anew. */
  forget(): void {
    for (const reset of this.resets) reset();
    this.storage.remove(KEY);
    this.storage.remove(OWNER_KEY);
  }

  private write(name: string, choice: unknown, usual: unknown): void {
    const others = Object.entries(this.read()).filter(([other]) => other !== name);
    const kept = Object.fromEntries(choice === usual ? others : [...others, [name, choice]]);
    if (Object.keys(kept).length === 0) this.storage.remove(KEY);
    else this.storage.set(KEY, JSON.stringify(kept));
  }

  private read(): Readonly<Record<string, unknown>> {
    try {
      const kept: unknown = JSON.parse(this.storage.get(KEY) ?? '{}');
      return typeof kept === 'object' && kept !== null ? { ...kept } : {};
    } catch {
      // Not written by this program: nothing to go by.
      return {};
    }
  }
}
