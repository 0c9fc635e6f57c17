import { Service, signal } from '@angular/core';

import { wordsOf, type FailureWords } from '../../bridge/failure-words';
import { isSameJson } from '../manifest/json-value';
import type { Manifest } from '../manifest/manifest';
import { valueAt } from '../manifest/manifest-diff';
import { refusedMembers, type RefusedMember } from '../manifest/problem-path';

interface Refusal {
  readonly words: FailureWords;
  readonly members: readonly RefusedMember[];
  /** What was sent. */
  readonly manifest: Manifest;
}

/** Why the last save was refused. */
@Service({ autoProvided: false })
export class SaveProblems {
  private readonly refusal = signal<Refusal | null>(null);

  tell(failure: unknown, manifest: Manifest): void {
    this.refusal.set({ words: saveFailureWords(failure), members: refusedMembers(failure), manifest });
  }

  forget(): void {
    this.refusal.set(null);
  }

  /** What to say of it; `null` when the last save was not refused, or when none of the members it was refused for is as it was. */
  words(manifest: Manifest): FailureWords | null {
    const refusal = this.refusal();
    if (refusal === null) return null;
    const isMended = refusal.members.length > 0 && this.standing(manifest).length === 0;
    return isMended ? null : refusal.words;
  }

  /** The refused members that still hold what was refused. */
  standing(manifest: Manifest): readonly RefusedMember[] {
    const refusal = this.refusal();
    if (refusal === null) return [];
    return refusal.members.filter(({ path }) =>
      isSameJson(valueAt(manifest, path), valueAt(refusal.manifest, path)),
    );
  }
}

/** Of an answer that got lost the list of apps tells; there is no echo to wait for. */
function saveFailureWords(failure: unknown): FailureWords {
  const words = wordsOf(failure);
  return words.code === 'answer-lost'
    ? { ...words, next: $localize`Look at the list of apps before you try again: it may be done.` }
    : words;
}
