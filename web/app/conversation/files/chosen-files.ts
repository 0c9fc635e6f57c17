import { DestroyRef, Service, computed, effect, inject, signal } from '@angular/core';

import { TabMemory } from '../../bridge/tab-memory';
import { Unsent } from '../../bridge/unsent';
import type { FileUpload } from './file-upload';

const NONE: readonly FileUpload[] = [];

/**
 * Files that were chosen and are no messages yet, of all conversations, until the person signs out. A file cannot be kept
 * beyond the page: the browser asks before it is closed or reloaded.
 */
@Service()
export class ChosenFiles {
  readonly held = signal(NONE);
  /** What can never be sent is no loss. */
  private readonly waiting = computed(
    () => this.held().filter(({ stage }) => stage.kind !== 'refused').length,
  );

  constructor() {
    const unsent = inject(Unsent);
    effect(() => unsent.files.set(this.waiting()));
    inject(TabMemory).onForgotten(() => this.held.set(NONE));
    const warn = (event: BeforeUnloadEvent): void => {
      if (this.waiting() > 0) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    inject(DestroyRef).onDestroy(() => removeEventListener('beforeunload', warn));
  }
}
