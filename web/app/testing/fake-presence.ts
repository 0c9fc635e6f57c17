import { signal } from '@angular/core';

/** A person who comes and goes when told. */
export class FakePresence {
  private readonly present = signal(true);

  readonly isPresent = this.present.asReadonly();

  leave(): void {
    this.present.set(false);
  }

  comeBack(): void {
    this.present.set(true);
  }
}
