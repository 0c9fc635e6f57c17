import type { OptionsDraft } from './options-draft';

/** What is not lost when the sheet closes: what it opened with, and what was saved as a preset since. */
export class KeptDrafts {
  private opened: OptionsDraft | null = null;
  /** By the preset's name. */
  private readonly saved = new Map<string, OptionsDraft>();

  begin(opened: OptionsDraft): void {
    this.opened = opened;
    this.saved.clear();
  }

  /** Who the consumer is stands in no preset. */
  add(preset: string, draft: OptionsDraft): void {
    const { consumerName, externalId } = this.opened ?? draft;
    this.saved.set(preset, { ...draft, consumerName, externalId });
  }

  /** The preset is removed, and what it had with it. */
  remove(preset: string): void {
    this.saved.delete(preset);
  }

  /** Whether the draft is had again. */
  has(draft: OptionsDraft): boolean {
    const fields = JSON.stringify(draft);
    return [this.opened, ...this.saved.values()].some((kept) => JSON.stringify(kept) === fields);
  }
}
