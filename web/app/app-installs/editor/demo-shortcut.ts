import { Service, computed, inject } from '@angular/core';

import { ThisServer } from '../../bridge/this-server';
import { AppEditorStore } from './app-editor-store';

/** One press for a new demo app: its name is marked and all five webhooks come to this server. */
@Service({ autoProvided: false })
export class DemoShortcut {
  private readonly store = inject(AppEditorStore);
  private readonly thisServer = inject(ThisServer);

  private before: readonly string[] = [];

  readonly url = computed(() => this.thisServer.suggestedWebhookUrl());

  /** Switched off, endpoints that still point here get back what they had before. */
  set(isDemo: boolean): void {
    const url = this.url();
    const { endpoints } = this.store.form.webhooks().value();
    if (isDemo) this.before = endpoints.map((endpoint) => endpoint.url);
    const urlFor = (now: string, index: number): string => {
      if (isDemo) return url;
      return now === url ? (this.before[index] ?? '') : now;
    };
    this.store.edit((form) => ({
      ...form,
      details: { ...form.details, isDemo },
      webhooks: {
        ...form.webhooks,
        endpoints: form.webhooks.endpoints.map((endpoint, index) => ({
          ...endpoint,
          url: urlFor(endpoint.url, index),
        })),
      },
    }));
  }
}
