/** What stands on the button that saves. */
export function saveWords(isNew: boolean, isSaving: boolean): string {
  if (isSaving) return isNew ? $localize`Installing…` : $localize`Saving…`;
  return isNew ? $localize`Install app` : $localize`Save`;
}

/** The question about an app that lacks what a connector needs. */
export function adviceQuestion(isNew: boolean): string {
  return isNew
    ? $localize`Install it without what a connector needs?`
    : $localize`Save it without what a connector needs?`;
}

/** A header that is typed but not added changes nothing yet. */
export function changeWords(count: number): string {
  if (count === 0) return $localize`Not finished`;
  return count === 1 ? $localize`1 change` : $localize`${count} changes`;
}
