import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { endpointProblem } from '../../bridge/endpoint-problem';
import { ThisServer } from '../../bridge/this-server';
import { FieldError } from '../../ui/field-error';
import { Icon } from '../../ui/icon';
import { withoutTypedHeader, type EndpointForm, type WebhooksForm } from '../manifest/app-form';
import { isSameJson } from '../manifest/json-value';
import { retentionChoices } from '../manifest/retention';
import { toForm } from '../manifest/to-form';
import { AppEditorStore } from './app-editor-store';
import { EndpointEditor } from './endpoint-editor';

/** Where the five kinds of notification are posted, with which headers, and for how long they are kept. */
@Component({
  selector: 'app-webhooks-section',
  imports: [EndpointEditor, FieldError, FormField, Icon, MatButton],
  templateUrl: './webhooks-section.html',
  styleUrls: ['./section.scss', './webhooks-section.scss'],
})
export class WebhooksSection {
  private readonly thisServer = inject(ThisServer);
  protected readonly store = inject(AppEditorStore);

  readonly webhooks = input.required<FieldTree<WebhooksForm>>();

  protected readonly here = this.thisServer.webhookUrls;
  private readonly before = computed(() => toForm(this.store.basis()).webhooks);
  protected readonly isChanged = computed(() => {
    const { endpoints, ...webhooks } = this.webhooks()().value();
    return !isSameJson({ ...webhooks, endpoints: endpoints.map(withoutTypedHeader) }, this.before());
  });

  /** This server's address as LivePerson reaches it, unless a person enters another one. */
  protected readonly oneUrl = linkedSignal(() => this.thisServer.suggestedWebhookUrl());
  protected readonly oneUrlProblem = computed(() => endpointProblem(this.oneUrl(), this.store.isEmulated()));
  protected readonly canUseForAll = computed(
    () => this.oneUrl().trim() !== '' && this.oneUrlProblem() === null,
  );
  protected readonly isThisServer = computed(() => this.oneUrl() === this.thisServer.suggestedWebhookUrl());
  /** The select offers what the app has, even when it is none of the usual times. */
  private readonly shownRetention = linkedSignal<string, string>({
    source: () => this.before().retention,
    computation: (saved) => saved,
  });
  protected readonly retentions = computed(() => {
    const now = this.webhooks().retention().value();
    const saved = retentionChoices(this.shownRetention());
    return saved.some(({ value }) => value === now) ? saved : retentionChoices(now);
  });
  protected readonly hasRetention = computed(() => this.webhooks().retention().value() !== '');

  /** For a new app there is nothing that could differ. */
  protected savedEndpoint(type: string): EndpointForm | null {
    if (this.store.appKey() === null) return null;
    return this.before().endpoints.find((endpoint) => endpoint.type === type) ?? null;
  }

  protected editOneUrl(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.oneUrl.set(event.target.value);
  }

  protected useThisServer(): void {
    this.oneUrl.set(this.thisServer.suggestedWebhookUrl());
  }

  protected useForAll(): void {
    if (!this.canUseForAll()) return;
    const url = this.oneUrl().trim();
    // Where no address of this server is known, the one that is entered here is its.
    if (this.thisServer.suggestedWebhookUrl() === '') this.thisServer.rememberPublicUrl(url);
    this.store.edit(({ webhooks, ...form }) => ({
      ...form,
      webhooks: { ...webhooks, endpoints: webhooks.endpoints.map((endpoint) => ({ ...endpoint, url })) },
    }));
  }

  protected useForAllByKey(event: Event): void {
    // Enter would send the whole form.
    event.preventDefault();
    this.useForAll();
  }
}
