/** Puts the keyboard here, unless it has gone out of the sheet meanwhile: somebody may write in the chat by now. */
export function takeKeyboard(place: HTMLElement): void {
  const at = document.activeElement;
  const isFree = at === null || at === document.body || place.closest('[popover]')?.contains(at) === true;
  if (isFree) place.focus();
}
