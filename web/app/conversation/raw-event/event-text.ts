import { signal } from '@angular/core';

import { RAW_EVENT_EXAMPLES } from './read-raw-event';

/** An event as it is written for a person. */
export const asText = (event: unknown): string => JSON.stringify(event, null, 2);

const EXAMPLES: ReadonlySet<string> = new Set(RAW_EVENT_EXAMPLES.map(({ event }) => asText(event)));

/** Whether anybody would miss it: not what is had again by a press. */
const isOwn = (text: string): boolean => text.trim() !== '' && !EXAMPLES.has(text);

/** What stands in the editor, and what stood there before something else took its place. */
export class EventText {
  private readonly text = signal(asText(RAW_EVENT_EXAMPLES[0]?.event));
  private readonly replaced = signal<string | null>(null);

  readonly current = this.text.asReadonly();
  /** What can be put back; `null`: nothing that anybody would miss. */
  readonly former = this.replaced.asReadonly();

  /** The person has written it, or has it in another form. */
  write(text: string): void {
    this.text.set(text);
  }

  /** Puts something else in its place, which can be taken back, also once that was changed. */
  replace(text: string): void {
    const before = this.text();
    if (isOwn(before) && before !== text) this.replaced.set(before);
    this.text.set(text);
  }

  /** What stands there now is `former` then, where anybody would miss it. */
  putBack(): void {
    const former = this.replaced();
    if (former === null) return;
    this.replaced.set(null);
    this.replace(former);
  }
}
