import { Component, computed, inject, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';

import { ThisServer } from '../../bridge/this-server';
import { AddressText } from '../../ui/address-text';
import { CodedText } from '../../ui/coded-text';
import { FieldError } from '../../ui/field-error';
import { Icon } from '../../ui/icon';
import type { DetailsForm } from '../manifest/app-form';
import { DEMO_MARKER, hasDemoMarker, localisedIn, withDemoMarker } from '../manifest/manifest';
import { LONGEST_DESCRIPTION, connectorAdvice } from '../manifest/manifest-rules';
import { AppEditorStore } from './app-editor-store';
import { DemoShortcut } from './demo-shortcut';

/** Name, description, scope, grants and logo of an app. */
@Component({
  selector: 'app-details-section',
  imports: [AddressText, CodedText, FieldError, FormField, Icon],
  providers: [DemoShortcut],
  templateUrl: './details-section.html',
  styleUrls: ['./section.scss', './details-section.scss'],
})
export class DetailsSection {
  protected readonly store = inject(AppEditorStore);
  protected readonly shortcut = inject(DemoShortcut);
  private readonly thisServer = inject(ThisServer);

  readonly details = input.required<FieldTree<DetailsForm>>();

  protected readonly marker = DEMO_MARKER;
  protected readonly longestDescription = LONGEST_DESCRIPTION;
  protected readonly isNew = computed(() => this.store.appKey() === null);
  protected readonly languages = computed(() => localisedIn(this.store.manifest()).join(', '));
  protected readonly advice = computed(() =>
    connectorAdvice(this.details().scope().value(), this.details().grantTypes().value()),
  );
  protected readonly here = computed(() => this.thisServer.suggestedWebhookUrl());
  protected readonly isNameWrong = computed(
    () => this.details().name().touched() && this.details().name().invalid(),
  );
  /** The name with which a demo app is installed, where it differs from what was typed. */
  protected readonly markedName = computed(() => {
    const name = this.details().name().value().trim();
    const isMarked = this.details().isDemo().value() && name !== '' && !hasDemoMarker(name);
    return isMarked ? withDemoMarker(name) : null;
  });
  protected readonly grants = computed(() => {
    const chosen = this.details().grantTypes().value();
    const unknown = chosen.filter((type) => !GRANTS.some((grant) => grant.type === type));
    const grants = [
      ...GRANTS,
      ...unknown.map((type) => ({ type, about: $localize`Not known here, kept as it is.` })),
    ];
    return grants.map((grant) => ({ ...grant, isChosen: chosen.includes(grant.type) }));
  });

  protected toggleDemo(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.shortcut.set(event.target.checked);
  }

  protected toggleGrant(type: string): void {
    const { value } = this.details().grantTypes();
    const rest = value().filter((each) => each !== type);
    value.set(rest.length === value().length ? [...rest, type] : rest);
    this.details().grantTypes().markAsDirty();
  }
}

const GRANTS = [
  {
    type: 'client_credentials',
    about: $localize`Tokens for the app’s id and secret: a connector app needs it.`,
  },
  { type: 'authorization_code', about: $localize`Users sign in and are sent back to a redirect URI.` },
  { type: 'refresh_token', about: $localize`Users’ tokens can be renewed.` },
] as const;
