import { Component, computed, inject, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { FieldError } from '../../ui/field-error';
import { Icon } from '../../ui/icon';
import type { EngagementForm } from '../manifest/app-form';
import {
  ENGAGEMENT_LISTS,
  ENGAGEMENT_LIST_NAMES,
  ENGAGEMENT_SWITCHES,
  ENGAGEMENT_SWITCH_NAMES,
} from '../manifest/engagement-words';
import { isSameJson } from '../manifest/json-value';
import { NEW_MANIFEST } from '../manifest/manifest';
import { toForm } from '../manifest/to-form';
import { AppEditorStore } from './app-editor-store';
import { WordPicker } from './word-picker';

/** What the app tells the campaign designer about the engagements it supports. */
@Component({
  selector: 'app-engagement-section',
  imports: [FieldError, FormField, Icon, MatButton, WordPicker],
  templateUrl: './engagement-section.html',
  styleUrls: ['./section.scss', './engagement-section.scss'],
})
export class EngagementSection {
  protected readonly store = inject(AppEditorStore);

  readonly engagement = input.required<FieldTree<EngagementForm>>();

  protected readonly switches = ENGAGEMENT_SWITCH_NAMES.map((name) => ({
    name,
    ...ENGAGEMENT_SWITCHES[name],
  }));
  protected readonly lists = ENGAGEMENT_LIST_NAMES.map((name) => ({ name, rules: ENGAGEMENT_LISTS[name] }));
  protected readonly isOn = computed(() => this.engagement().isOn().value());
  protected readonly isDefault = computed(() => isSameJson(this.engagement()().value(), DEFAULTS));

  /** Switched on for the first time it begins with the defaults, not with nothing. */
  protected toggle(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const isOn = event.target.checked;
    const isEmpty = ENGAGEMENT_LIST_NAMES.every((name) => this.engagement()[name]().value().length === 0);
    if (isOn && isEmpty) this.store.resetEngagement();
    else this.engagement().isOn().value.set(isOn);
  }
}

const DEFAULTS = toForm(NEW_MANIFEST).engagement;
