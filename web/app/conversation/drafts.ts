import { Service, inject } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { TabMemory } from '../bridge/tab-memory';

/** What was typed under a key; `isBeingSent`: it has left its field, and may have to come back. */
export interface Draft {
  readonly key: string;
  readonly text: string;
  readonly isBeingSent: boolean;
}

const NO_DRAFTS: readonly Draft[] = [];

/** Names the draft of a first message, which has no conversation yet. */
export const newDraftKey = (appKey: AppKey | null): string => `new in ${appKey ?? 'no app'}`;

/** What was typed and not sent, per conversation. Kept until it is sent or its writer signs out, beyond reload and tab. */
@Service()
export class Drafts {
  private readonly drafts = inject(TabMemory).words('drafts', NO_DRAFTS, areDrafts, countDrafts);

  constructor() {
    // The page that was sending them is gone.
    for (const draft of this.drafts()) if (draft.isBeingSent) this.giveBack(draft);
  }

  of(key: string): string {
    // There are several where tabs that were closed have left one each.
    const [text = '', ...more] = this.drafts().flatMap((draft) => (isWritten(draft, key) ? draft.text : []));
    return more.length === 0 ? text : joined(...new Set([text, ...more]));
  }

  set(key: string, text: string): void {
    const others = this.drafts().filter((draft) => !isWritten(draft, key));
    this.keep(text === '' ? others : [...others, { key, text, isBeingSent: false }]);
  }

  /** Takes a draft elsewhere; what was being written there stays above it. */
  move(from: string, to: string): void {
    this.set(to, joined(this.of(to), this.of(from)));
    this.set(from, '');
  }

  /** Keeps a text until it is sent: it is a draft again when it is given back, and after a reload. */
  hold(key: string, text: string): Draft {
    const draft = { key, text, isBeingSent: true };
    this.keep([...this.drafts(), draft]);
    return draft;
  }

  /** What was held is sent. */
  release(held: Draft): void {
    this.keep(this.drafts().filter((draft) => draft !== held));
  }

  /** What was held could not be sent; it comes above what was written meanwhile. What was forgotten since stays so. */
  giveBack(held: Draft): void {
    if (!this.drafts().includes(held)) return;
    this.release(held);
    this.set(held.key, joined(held.text, this.of(held.key)));
  }

  private keep(drafts: readonly Draft[]): void {
    this.drafts.set(drafts.length === 0 ? NO_DRAFTS : drafts);
  }
}

const isWritten = (draft: Draft, key: string): boolean => draft.key === key && !draft.isBeingSent;

const joined = (...texts: readonly string[]): string => texts.filter((text) => text.trim() !== '').join('\n');

/** Of a conversation there is one, however many texts it is joined from. */
const countDrafts = (drafts: readonly Draft[]): number =>
  new Set(drafts.flatMap(({ key, text }) => (text.trim() === '' ? [] : key))).size;

function areDrafts(kept: unknown): kept is readonly Draft[] {
  return Array.isArray(kept) && kept.every(isDraft);
}

function isDraft(kept: unknown): boolean {
  if (typeof kept !== 'object' || kept === null) return false;
  const { key, text, isBeingSent } = kept as Partial<Record<keyof Draft, unknown>>;
  return typeof key === 'string' && typeof text === 'string' && typeof isBeingSent === 'boolean';
}
