import { Service, computed, effect, inject, signal } from '@angular/core';

import { BROWSER_STORAGE } from '../bridge/browser-storage';

const STORAGE_KEY = 'workbench-panes';

interface Sizes {
  readonly list: number;
  readonly chat: number;
}

const share = (part: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, innerWidth * part)));

/** Half of the window for the inspector, which has the most to show. */
const defaults = (): Sizes => ({ list: share(0.16, 208, 240), chat: share(0.3, 320, 440) });

/** Widths of the panes in pixels, remembered in this browser. */
@Service({ autoProvided: false })
export class PaneSizes {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly restored = this.restore();

  readonly list = signal(this.restored.list);
  readonly chat = signal(this.restored.chat);

  readonly style = computed(() => ({ '--list-size': `${this.list()}px`, '--chat-size': `${this.chat()}px` }));

  constructor() {
    effect(() => this.storage.set(STORAGE_KEY, JSON.stringify({ list: this.list(), chat: this.chat() })));
  }

  private restore(): Sizes {
    try {
      const stored: unknown = JSON.parse(this.storage.get(STORAGE_KEY) ?? '{}');
      if (typeof stored !== 'object' || stored === null) return defaults();
      const { list, chat } = { ...defaults(), ...stored };
      return Number.isFinite(list) && Number.isFinite(chat) ? { list, chat } : defaults();
    } catch {
      return defaults();
    }
  }
}
