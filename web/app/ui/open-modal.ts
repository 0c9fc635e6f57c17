/** What takes the focus when a dialog opens. */
interface FirstFocus {
  focus(options: FocusOptions): void;
}

/** Opens a dialog and shows where the keyboard is in it, also to who came with the mouse. */
export function openModal(dialog: HTMLDialogElement, first: FirstFocus | null = null): void {
  if (!dialog.open) dialog.showModal();
  (first ?? focusedIn(dialog))?.focus({ focusVisible: true });
}

const focusedIn = (dialog: HTMLDialogElement): FirstFocus | null =>
  document.activeElement instanceof HTMLElement && dialog.contains(document.activeElement)
    ? document.activeElement
    : null;
