import { Service, effect, inject, signal } from '@angular/core';

import { BROWSER_STORAGE } from '../bridge/browser-storage';

export type Theme = 'auto' | 'light' | 'dark';

/** Light, dark or as the system wishes, and high contrast. `public/theme.js` applies the same before the first paint. */
@Service()
export class ThemeChoice {
  private readonly storage = inject(BROWSER_STORAGE);

  private readonly chosenTheme = signal<Theme>(asTheme(this.storage.get('theme')));
  private readonly chosenContrast = signal(this.storage.get('contrast') === 'more');

  readonly theme = this.chosenTheme.asReadonly();
  /** Whether high contrast was chosen here; the system's own wish holds besides. */
  readonly isHighContrast = this.chosenContrast.asReadonly();

  constructor() {
    effect(() => this.mark('theme', this.chosenTheme() === 'auto' ? null : this.chosenTheme()));
    effect(() => this.mark('contrast', this.chosenContrast() ? 'more' : null));
  }

  choose(theme: Theme): void {
    this.chosenTheme.set(theme);
  }

  toggleHighContrast(): void {
    this.chosenContrast.update((isMore) => !isMore);
  }

  private mark(name: 'theme' | 'contrast', value: string | null): void {
    const root = document.documentElement;
    if (value === null) {
      root.removeAttribute(`data-${name}`);
      this.storage.remove(name);
    } else {
      root.setAttribute(`data-${name}`, value);
      this.storage.set(name, value);
    }
  }
}

const asTheme = (stored: string | null): Theme => (stored === 'light' || stored === 'dark' ? stored : 'auto');
