import { Service, effect, inject, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';

import type { InspectorTab } from '../inspector/inspector-pane';
import { InspectorStore } from '../inspector/inspector-store';

/** What the inspector shows. It stands in the URL, so that it can be shared and survives a reload. */
export interface Choice {
  readonly tab?: InspectorTab;
  /** `null`: none is open. */
  readonly item: number | null;
}

/** Lets one choose what the inspector shows. */
@Service({ autoProvided: false })
export class InspectorChoice {
  private readonly router = inject(Router);
  private readonly inspector = inject(InspectorStore);
  /** An exchange that was chosen and whose entry has not come. */
  private readonly awaited = signal<string | null>(null);

  constructor() {
    effect(() => {
      const exchangeId = this.awaited();
      const request = exchangeId === null ? null : this.inspector.findRequest(exchangeId);
      if (request !== null) untracked(() => this.choose({ tab: 'requests', item: request.id }));
    });
  }

  choose(choice: Choice): void {
    this.awaited.set(null);
    void this.router.navigate([], {
      queryParams: choice,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  /** What the cloud was asked and what it answered; the list as a whole until its entry comes. */
  chooseRequest(exchangeId: string): void {
    const request = this.inspector.findRequest(exchangeId);
    this.choose({ tab: 'requests', item: request?.id ?? null });
    if (request === null) this.awaited.set(exchangeId);
  }

  /** How a message came about: its webhook, or the call that carried it while there is none. */
  chooseMessage(key: string): void {
    const steps = this.inspector.timeline().filter((step) => step.keys.includes(key));
    const step = steps.find(({ tone }) => tone === 'webhook') ?? steps[0];
    this.choose({ tab: 'timeline', item: step?.itemId ?? null });
  }
}
