import { Service, signal } from '@angular/core';

const PREFIX = 'draft:';

/** What was typed and not sent, per conversation. Kept for as long as the tab, so that a reload loses nothing. */
@Service()
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  of(key: string): string {
    return this.texts().get(key) ?? this.stored(key);
  }

  set(key: string, text: string): void {
    this.texts.update((texts) => new Map(texts).set(key, text));
    try {
      if (text === '') sessionStorage.removeItem(PREFIX + key);
      else sessionStorage.setItem(PREFIX + key, text);
    } catch {
      // Storage is blocked or full: the draft lives as long as the page.
    }
  }

  private stored(key: string): string {
    try {
      return sessionStorage.getItem(PREFIX + key) ?? '';
    } catch {
      return '';
    }
  }
}
