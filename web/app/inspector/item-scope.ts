import type { ConversationId } from '#protocol/identifiers';

/** Whose an item is, where it is not of the conversation on the screen; `null` where it is. */
export function scopeWords(of: ConversationId | null, shown: ConversationId | null): string | null {
  if (of === shown) return null;
  return of === null ? $localize`account` : of.slice(0, 8);
}

/** The same in a sentence, for a title. */
export function scopeTitle(of: ConversationId | null): string {
  return of === null
    ? $localize`Belongs to the account as a whole: each of its conversations has it. The filter -scope:account leaves such out.`
    : $localize`Belongs to another conversation: ${of}`;
}
