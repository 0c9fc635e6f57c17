import { Component, computed, input, signal } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';

import { ENDPOINT_WORDS, PLACE_WORDS } from '../../bridge/endpoint-words';
import { placeOf } from '../../bridge/webhook-endpoints';
import { FieldError } from '../../ui/field-error';
import { Icon } from '../../ui/icon';
import { StatusChip } from '../../ui/status-chip';
import { isHeaderTyped, withoutTypedHeader, type EndpointForm } from '../manifest/app-form';
import { isSameJson } from '../manifest/json-value';
import { HeaderEditor } from './header-editor';

/** One kind of notification: its URL, and behind a press its headers and retries. */
@Component({
  selector: 'app-endpoint-editor',
  imports: [FieldError, FormField, HeaderEditor, Icon, StatusChip],
  templateUrl: './endpoint-editor.html',
  styleUrl: './endpoint-editor.scss',
})
export class EndpointEditor {
  readonly endpoint = input.required<FieldTree<EndpointForm>>();
  /** The endpoint as the edits found it; `null` for a new app. */
  readonly saved = input.required<EndpointForm | null>();
  /** URLs under which this server is known. */
  readonly here = input.required<readonly string[]>();
  /** A retention time makes the retries void. */
  readonly hasRetention = input(false);

  private readonly isUnfolded = signal(false);
  protected readonly type = computed(() => this.endpoint().type().value());
  protected readonly words = computed(() => ENDPOINT_WORDS[this.type()]);
  protected readonly id = computed(() => `endpoint-${this.type().replaceAll('.', '-')}`);
  protected readonly isInvalid = computed(
    () => this.endpoint().url().touched() && this.endpoint().url().invalid(),
  );
  protected readonly place = computed(() => placeOf(this.endpoint().url().value(), this.here()));
  protected readonly placeWords = computed(() => PLACE_WORDS[this.place()]);
  protected readonly tone = computed(() => TONES[this.place()]);
  protected readonly isChanged = computed(
    () => this.saved() !== null && !isSameJson(withoutTypedHeader(this.endpoint()().value()), this.saved()),
  );
  protected readonly hasTypedHeader = computed(() => isHeaderTyped(this.endpoint()().value()));
  protected readonly isOpen = computed(() => this.isUnfolded() || this.hasHiddenProblem());
  protected readonly summary = computed(() => {
    const { headers, maxRetries } = this.endpoint()().value();
    const words = headers.length === 1 ? $localize`1 header` : $localize`${headers.length} headers`;
    const retries = maxRetries === '1' ? $localize`1 retry` : $localize`${maxRetries} retries`;
    if (maxRetries !== '') return `${words} · ${retries}`;
    return this.hasRetention() ? words : $localize`${words} · no retries`;
  });
  protected readonly unsetRetries = $localize`Not set (no retries)`;
  protected readonly retries = computed(() => {
    const now = this.endpoint().maxRetries().value();
    return RETRIES.includes(now) ? RETRIES : [...RETRIES, now];
  });

  /** What is wrong must not stay folded away. */
  private readonly hasHiddenProblem = computed(() =>
    this.endpoint()()
      .errorSummary()
      .some(({ fieldTree }) => fieldTree !== this.endpoint().url && fieldTree().touched()),
  );

  protected toggle(): void {
    this.isUnfolded.set(!this.isOpen());
  }
}

const TONES = { here: 'ok', elsewhere: 'warn', none: 'neutral' } as const;

const RETRIES: readonly string[] = ['', '0', '1', '2', '3', '4', '5'];
