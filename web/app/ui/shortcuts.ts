import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import { OPEN_MENU } from './menus';

/** A key that does something, as the keyboard map shows it. */
export interface Shortcut {
  /**
   * `KeyboardEvent.key`, e.g. `?` or `j`. What a control does itself may be told in one line: `↑ ↓` are two ways, `Shift+Enter` is
   * held together.
   */
  readonly key: string;
  /** Whether Ctrl (on a Mac: Cmd) is held. Default: no. */
  readonly withControl?: boolean;
  /** What it does, as a sentence without full stop. */
  readonly words: string;
  /** Heading in the keyboard map, e.g. `Lists`. */
  readonly group: string;
  /** Missing: a control does it itself where it has the focus; the keyboard map only tells of it. */
  readonly run?: () => void;
}

/** The keys that work now. None fires while a dialog asks something or a menu is open, which takes letters itself; while somebody types, only those with Ctrl. */
@Service()
export class Shortcuts {
  private readonly registered = signal<readonly Shortcut[]>([]);

  /** Every key that works at this moment, grouped; the newest of two for the same key wins. */
  readonly groups = computed(() => [...Map.groupBy(this.registered(), ({ group }) => group)]);

  constructor() {
    const listen = (event: KeyboardEvent): void => this.meet(event);
    document.addEventListener('keydown', listen);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', listen));
  }

  /** Makes the keys work; what it returns ends that. A page calls it with its `DestroyRef`. */
  register(...shortcuts: readonly Shortcut[]): () => void {
    this.registered.update((present) => [...present, ...shortcuts]);
    return () => this.registered.update((present) => present.filter((each) => !shortcuts.includes(each)));
  }

  private meet(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    if (document.querySelector(`dialog:modal, ${OPEN_MENU}`) !== null) return;
    const withControl = event.ctrlKey || event.metaKey;
    const found = this.registered().findLast(
      ({ key, run, withControl: isHeld = false }) =>
        run !== undefined && key === event.key.toLowerCase() && isHeld === withControl,
    );
    if (found?.run === undefined || (!withControl && isTyping(event))) return;
    event.preventDefault();
    found.run();
  }
}

/** Whether the key goes into a text. */
function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(TAKES_LETTERS);
}

const TAKES_LETTERS = 'input:not([type=checkbox], [type=radio], [type=file]), textarea, select';
