/** What stands on the button that saves. */
export function saveWords(isNew: boolean, isSaving: boolean): string {
  if (isSaving) return isNew ? $localize`Installing…` : $localize`Saving…`;
  return isNew ? $localize`Install app` : $localize`Save`;
}

/** The question about an app that lacks what a connector needs, and the answer that goes on all the same. */
export function adviceWords(isNew: boolean): { readonly question: string; readonly answer: string } {
  return isNew
    ? { question: $localize`Install an app that cannot chat?`, answer: $localize`Install anyway` }
    : { question: $localize`Save an app that cannot chat?`, answer: $localize`Save anyway` };
}

/** What a refused save was about. */
export const triedWords = (isNew: boolean): string =>
  isNew ? $localize`Tried to install the app.` : $localize`Tried to save the app.`;

/** A header that is typed but not added changes nothing yet. */
export function changeWords(count: number): string {
  if (count === 0) return $localize`A header is not added yet`;
  return count === 1 ? $localize`1 change` : $localize`${count} changes`;
}
