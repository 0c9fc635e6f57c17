/**
 * Keeps the keys that are pressed between the press that opens something and the moment at which it has the keyboard, so that none of
 * them does anything else meanwhile.
 */
export class TypedAhead {
  private readonly keys: string[] = [];
  private readonly giveUp: () => void;
  private readonly ends = new AbortController();

  /** @param giveUp Escape was pressed, or something else on the page: it is not wanted any more */
  constructor(giveUp: () => void) {
    this.giveUp = giveUp;
    const options = { capture: true, signal: this.ends.signal };
    document.addEventListener('keydown', this.take, options);
    document.addEventListener('pointerdown', () => this.giveUp(), options);
  }

  /** Lets go of the keyboard. @returns letters, “Enter” and “Backspace” in the order in which they were pressed */
  end(): readonly string[] {
    this.ends.abort();
    return this.keys;
  }

  private readonly take = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    if (ctrlKey || metaKey || altKey || isComposing) return;
    if (key.length > 1 && !KEPT.has(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Escape') this.giveUp();
    else this.keys.push(key);
  };
}

const KEPT: ReadonlySet<string> = new Set(['Enter', 'Backspace', 'Escape']);
