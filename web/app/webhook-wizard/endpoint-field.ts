import { Component, computed, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';

import { RouterLink } from '@angular/router';

import type { WebhookEndpoint } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import { placeOf, type EndpointPlace } from '../bridge/webhook-endpoints';
import { ENDPOINT_WORDS } from '../bridge/endpoint-words';
import { FieldError } from '../ui/field-error';
import { StatusChip, type StatusTone } from '../ui/status-chip';
import type { EndpointDraft } from './endpoint-draft';

/** The URL for one kind of notification, with what it is about and where it points. */
@Component({
  selector: 'app-endpoint-field',
  imports: [FieldError, FormField, RouterLink, StatusChip],
  templateUrl: './endpoint-field.html',
  styleUrl: './endpoint-field.scss',
})
export class EndpointField {
  readonly endpoint = input.required<FieldTree<EndpointDraft>>();
  /** The app whose page edits headers and retries. */
  readonly appKey = input.required<AppKey | null>();
  /** The endpoint as the account has it. */
  readonly saved = input<WebhookEndpoint>();
  /** URLs under which this server is known. */
  readonly here = input.required<readonly string[]>();

  protected readonly type = computed(() => this.endpoint().type().value());
  protected readonly url = computed(() => this.endpoint().url);
  protected readonly words = computed(() => ENDPOINT_WORDS[this.type()]);
  protected readonly id = computed(() => `endpoint-${this.type().replaceAll('.', '-')}`);
  protected readonly isInvalid = computed(() => this.url()().touched() && this.url()().invalid());
  protected readonly place = computed(() => PLACE_WORDS[placeOf(this.url()().value(), this.here())]);
  protected readonly isChanged = computed(
    () => this.url()().value().trim() !== (this.saved()?.endpoint ?? ''),
  );
  protected readonly kept = computed(() => {
    const count = this.saved()?.headers?.length ?? 0;
    return count === 0
      ? ''
      : `${count} ${count === 1 ? 'header is' : 'headers are'} sent along and stay as they are.`;
  });
}

const PLACE_WORDS: Readonly<Record<EndpointPlace, { readonly label: string; readonly tone: StatusTone }>> = {
  here: { label: 'here', tone: 'ok' },
  elsewhere: { label: 'elsewhere', tone: 'warn' },
  none: { label: 'none', tone: 'neutral' },
};
