import { Service, signal } from '@angular/core';

/** A short message at the edge of the screen, for what the screen itself does not show. */
export interface Toast {
  readonly id: number;
  readonly kind: 'success' | 'error';
  readonly title: string;
  readonly detail: string | null;
  /** What a person can copy to tell somebody else; `null`: nothing. */
  readonly report: string | null;
}

/** The toasts on the screen. A success leaves by itself; an error stays until closed and never replaces another. */
@Service()
export class Toasts {
  private readonly shown = signal<readonly Toast[]>([]);
  private lastId = 0;

  readonly toasts = this.shown.asReadonly();

  success(title: string): void {
    const id = this.add({ kind: 'success', title, detail: null, report: null });
    setTimeout(() => this.close(id), SUCCESS_MS);
  }

  error(title: string, detail: string | null = null, report: string | null = null): void {
    // The same error again says nothing new.
    const isRepeated = this.shown().some((toast) => toast.title === title && toast.detail === detail);
    if (!isRepeated) this.add({ kind: 'error', title, detail, report });
  }

  close(id: number): void {
    this.shown.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  private add(toast: Omit<Toast, 'id'>): number {
    const id = ++this.lastId;
    this.shown.update((toasts) => [...toasts, { ...toast, id }]);
    return id;
  }
}

/** Long enough to read one short sentence twice. */
const SUCCESS_MS = 5_000;
