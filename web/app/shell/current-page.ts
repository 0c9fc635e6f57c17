import { Service, signal } from '@angular/core';

/** The page that the router shows now. */
@Service()
export class CurrentPage {
  private readonly shown = signal<unknown>(null);

  show(page: unknown): void {
    this.shown.set(page);
  }

  /** Whether the page may go; it asks the person where something would get lost. */
  async mayLeave(): Promise<boolean> {
    const page = this.shown();
    return isLeavable(page) ? page.mayLeave() : true;
  }
}

interface Leavable {
  mayLeave(): boolean | Promise<boolean>;
}

function isLeavable(page: unknown): page is Leavable {
  return (
    typeof page === 'object' && page !== null && 'mayLeave' in page && typeof page.mayLeave === 'function'
  );
}
