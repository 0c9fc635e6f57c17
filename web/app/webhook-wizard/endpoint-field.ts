import { Component, computed, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';

import { RouterLink } from '@angular/router';

import type { WebhookEndpoint } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import { placeOf } from '../bridge/webhook-endpoints';
import { ENDPOINT_WORDS, PLACE_WORDS } from '../bridge/endpoint-words';
import { FieldError } from '../ui/field-error';
import { StatusChip } from '../ui/status-chip';
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
  protected readonly id = computed(() => endpointFieldId(this.type()));
  protected readonly isInvalid = computed(() => this.url()().touched() && this.url()().invalid());
  private readonly place = computed(() => placeOf(this.url()().value(), this.here()));
  protected readonly placeWords = computed(() => PLACE_WORDS[this.place()]);
  protected readonly tone = computed(() => TONES[this.place()]);
  protected readonly isChanged = computed(
    () => this.url()().value().trim() !== (this.saved()?.endpoint ?? ''),
  );
  protected readonly kept = computed(() => {
    const count = this.saved()?.headers?.length ?? 0;
    if (count === 0) return '';
    return count === 1
      ? $localize`1 header is sent along and stays as it is.`
      : $localize`${count} headers are sent along and stay as they are.`;
  });
}

/** The id of the field for a kind of notification, by which others lead there. */
export const endpointFieldId = (type: string): string => `endpoint-${type.replaceAll('.', '-')}`;

const TONES = { here: 'ok', elsewhere: 'warn', none: 'neutral' } as const;
