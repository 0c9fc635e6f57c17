import { DestroyRef, Service, effect, inject, signal, type WritableSignal } from '@angular/core';

import { BROWSER_STORAGE, TAB_STORAGE } from './browser-storage';
import { KeptWords, type WordCounts, type WordsName } from './kept-words';

const KEY = 'until-sign-out';
const OWNER_KEY = 'until-sign-out-of';
/** Changes with each sign-out of this browser: what tabs keep that were not open then is of before it. */
const SIGN_OUT_KEY = 'signed-out';

/**
 * Choices that a reload of the tab keeps until the person signs out, and drafts and unsent messages, which its end keeps
 * too. Who signs in again after the session ran out finds them; nobody else does. Never a credential.
 */
@Service()
export class TabMemory {
  private readonly storage = inject(TAB_STORAGE);
  private readonly browser = inject(BROWSER_STORAGE);
  private readonly keptWords = inject(KeptWords);
  /** Each makes one that is in use as usual again. */
  private readonly resets = new Set<() => void>();

  constructor() {
    // Another tab has signed out: nothing of this one's is to outlive that either.
    const hear = ({ key }: StorageEvent): void => {
      if (key === SIGN_OUT_KEY) this.forgetOwn();
    };
    window.addEventListener('storage', hear);
    inject(DestroyRef).onDestroy(() => window.removeEventListener('storage', hear));
  }

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
    this.onForgotten(() => choice.set(usual));
    return choice;
  }

  /**
   * The same for what somebody wrote, which a new tab finds when this one is closed.
   *
   * @param count How many of a list somebody would miss.
   */
  words<One>(
    name: WordsName,
    none: readonly One[],
    isOne: (kept: unknown) => kept is readonly One[],
    count: (list: readonly One[]) => number,
  ): WritableSignal<readonly One[]> {
    const words = this.kept(name, none, isOne);
    const left = this.keptWords.of(this.storage.get(OWNER_KEY) ?? '', name);
    if (isOne(left)) words.set(left);
    effect(() => {
      const list = words();
      const owner = this.storage.get(OWNER_KEY);
      if (owner !== null) this.keptWords.keep(owner, name, { list, count: count(list) });
    });
    return words;
  }

  /** What of the person's words signing out would lose, in all tabs of this browser. */
  wordCounts(): WordCounts {
    return this.keptWords.counts(this.storage.get(OWNER_KEY) ?? '');
  }

  /** Somebody is signed in: what another person left is forgotten, and what was left before a sign-out. */
  belongTo(person: string): void {
    const owner = `${person} ${this.browser.get(SIGN_OUT_KEY) ?? ''}`;
    this.keptWords.belongTo(owner);
    if (this.storage.get(OWNER_KEY) === owner) return;
    this.forgetOwn();
    this.storage.set(OWNER_KEY, owner);
  }

  /** Words that closed tabs have left come into a new one. Call it for who is signed in, before anything is written. */
  takeOver(): Promise<void> {
    return this.keptWords.takeOver(this.storage.get(OWNER_KEY) ?? '');
  }

  /** The person has signed out: whoever comes next begins anew, in every tab. */
  forget(): void {
    this.browser.set(SIGN_OUT_KEY, crypto.getRandomValues(new Uint32Array(2)).join('-'));
    this.keptWords.forget();
    this.forgetOwn();
  }

  /** Calls it when the person's things are forgotten, until the caller is destroyed. */
  onForgotten(reset: () => void): void {
    this.resets.add(reset);
    inject(DestroyRef).onDestroy(() => this.resets.delete(reset));
  }

  private forgetOwn(): void {
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
