import type { OptionsDraft } from './options-draft';

/** What is not lost when the sheet closes: what it opened with, and what was saved as a preset since. */
export class KeptDrafts {
  private kept: readonly OptionsDraft[] = [];

  begin(opened: OptionsDraft): void {
    this.kept = [opened];
  }

  /** Who the consumer is stands in no preset. */
  add(saved: OptionsDraft): void {
    const [{ consumerName, externalId } = saved] = this.kept;
    this.kept = [...this.kept, { ...saved, consumerName, externalId }];
  }

  has(draft: OptionsDraft): boolean {
    const fields = JSON.stringify(draft);
    return this.kept.some((kept) => JSON.stringify(kept) === fields);
  }
}
