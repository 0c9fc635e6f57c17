import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';

/** Whether a person looks at the page: it is visible and its window has the focus. */
@Service({ autoProvided: false })
export class PagePresence {
  private readonly document = inject(DOCUMENT);

  private readonly present = signal(this.isLookedAt());

  readonly isPresent = this.present.asReadonly();

  constructor() {
    const ends = new AbortController();
    const update = (): void => this.present.set(this.isLookedAt());
    // On blur the document still says that it has the focus.
    const blur = (): void => this.present.set(false);
    const window = this.document.defaultView;
    window?.addEventListener('focus', update, { signal: ends.signal });
    window?.addEventListener('blur', blur, { signal: ends.signal });
    this.document.addEventListener('visibilitychange', update, { signal: ends.signal });
    inject(DestroyRef).onDestroy(() => ends.abort());
  }

  private isLookedAt(): boolean {
    return this.document.visibilityState === 'visible' && this.document.hasFocus();
  }
}
