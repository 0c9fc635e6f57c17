import { Service, inject } from '@angular/core';

import { BROWSER_STORAGE, TAB_STORAGE } from './browser-storage';
import { OPEN_PAGES } from './open-pages';

/** Kinds of what somebody wrote and has not sent. */
export type WordsName = 'drafts' | 'unsent';

/** So many of a kind would be lost. */
export type WordCounts = Readonly<Record<WordsName, number>>;

interface KeptList {
  readonly list: readonly unknown[];
  /** How many of them somebody would miss. */
  readonly count: number;
}

interface PageWords {
  readonly owner: string;
  readonly words: Readonly<Partial<Record<WordsName, KeptList>>>;
}

const PREFIX = 'words/';
const PAGE_KEY = 'page';
/** The tab has what closed ones had left. */
const TAKEN_KEY = 'words-taken-over';
const NAMES: readonly WordsName[] = ['drafts', 'unsent'];

/**
 * What was written and not sent, kept beyond the tab. Each page has a record of its own, so that tabs on one conversation
 * never overwrite each other's; a new tab takes over what pages that are closed have left. Never a credential.
 */
@Service()
export class KeptWords {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly tab = inject(TAB_STORAGE);
  private readonly pages = inject(OPEN_PAGES);

  private readonly id = crypto.getRandomValues(new Uint32Array(4)).join('-');

  constructor() {
    this.pages.enter(this.id);
    const before = this.tab.get(PAGE_KEY);
    if (before !== null) this.follow(before);
    this.tab.set(PAGE_KEY, this.id);
  }

  /** Keeps this page's words of a kind instead of those before. */
  keep(owner: string, name: WordsName, kept: KeptList): void {
    const before = this.own(owner).words;
    const words = { ...before, [name]: kept.list.length === 0 ? undefined : kept };
    if (NAMES.every((one) => words[one] === undefined)) this.storage.remove(PREFIX + this.id);
    else this.storage.set(PREFIX + this.id, JSON.stringify({ owner, words }));
  }

  /** This page's words of a kind: those of the page before it in the tab, and what it took over. `null`: none are known. */
  of(owner: string, name: WordsName): readonly unknown[] | null {
    return this.own(owner).words[name]?.list ?? null;
  }

  /** How much of the owner's would be lost if all of it were forgotten, in whichever tab it is. */
  counts(owner: string): WordCounts {
    const all = this.keys().flatMap((key) => this.read(key, owner) ?? []);
    const sum = (name: WordsName): number =>
      all.reduce((total, { words }) => total + (words[name]?.count ?? 0), 0);
    return { drafts: sum('drafts'), unsent: sum('unsent') };
  }

  /** What closed tabs have left is this page's from now on, once for each tab. */
  async takeOver(owner: string): Promise<void> {
    if (this.tab.get(TAKEN_KEY) !== null) return;
    for (const key of this.keys()) {
      if (key === PREFIX + this.id || (await this.pages.isOpen(key.slice(PREFIX.length)))) continue;
      const left = this.read(key, owner);
      for (const name of NAMES) {
        const more = left?.words[name];
        if (more !== undefined) this.add(owner, name, more);
      }
      this.storage.remove(key);
    }
    this.tab.set(TAKEN_KEY, 'yes');
  }

  /** Somebody is signed in: what is not theirs is forgotten. */
  belongTo(owner: string): void {
    for (const key of this.keys()) if (this.read(key, owner) === null) this.storage.remove(key);
  }

  /** Forgets all, of every tab. */
  forget(): void {
    for (const key of this.keys()) this.storage.remove(key);
  }

  /** The tab has its words itself; its next page keeps them on. One that was duplicated leaves the other's alone. */
  private follow(before: string): void {
    const words = this.storage.get(PREFIX + before);
    if (words === null) return;
    this.storage.set(PREFIX + this.id, words);
    const forget = (): void => {
      if (this.storage.get(PREFIX + before) === words) this.storage.remove(PREFIX + before);
    };
    // Where nobody can tell, it is this tab's all the same.
    this.pages.end(before).then(forget, forget);
  }

  private add(owner: string, name: WordsName, more: KeptList): void {
    const own = this.own(owner).words[name] ?? { list: [], count: 0 };
    this.keep(owner, name, { list: [...own.list, ...more.list], count: own.count + more.count });
  }

  private own(owner: string): PageWords {
    return this.read(PREFIX + this.id, owner) ?? { owner, words: {} };
  }

  private keys(): readonly string[] {
    return this.storage.keys().filter((key) => key.startsWith(PREFIX));
  }

  /** `null`: there are none, or they are somebody else's. */
  private read(key: string, owner: string): PageWords | null {
    try {
      const kept: unknown = JSON.parse(this.storage.get(key) ?? 'null');
      return isPageWords(kept) && kept.owner === owner ? kept : null;
    } catch {
      // Not written by this program: nothing to go by.
      return null;
    }
  }
}

function isPageWords(kept: unknown): kept is PageWords {
  if (!isRecord(kept) || !isRecord(kept['words'])) return false;
  const { words } = kept;
  return NAMES.every((name) => words[name] === undefined || isKeptList(words[name]));
}

const isKeptList = (kept: unknown): boolean =>
  isRecord(kept) && Array.isArray(kept['list']) && typeof kept['count'] === 'number';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
