import { Component, ElementRef, Injector, afterNextRender, computed, inject, input } from '@angular/core';
import { FormField, type FieldTree } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { FieldError } from '../../ui/field-error';
import { Icon } from '../../ui/icon';
import { EMPTY_HEADER, isHeaderTyped, type EndpointForm } from '../manifest/app-form';
import { headerNameProblem, headerValueProblem } from '../manifest/manifest-rules';
import { AppEditorStore } from './app-editor-store';

/** The headers that are sent along with one kind of notification. */
@Component({
  selector: 'app-header-editor',
  imports: [FieldError, FormField, Icon, MatButton],
  templateUrl: './header-editor.html',
  styleUrl: './header-editor.scss',
})
export class HeaderEditor {
  private readonly store = inject(AppEditorStore);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly endpoint = input.required<FieldTree<EndpointForm>>();
  readonly endpointName = input.required<string>();
  /** Begins the ids of the fields here. */
  readonly fieldId = input.required<string>();

  protected readonly newHeader = computed(() => this.endpoint().newHeader);
  private readonly isNameTyped = computed(() => this.newHeader().name().value() !== '');
  protected readonly problem = computed(() => {
    const { name, value } = this.newHeader()().value();
    const names = this.endpoint()
      .headers()
      .value()
      .map((header) => header.name);
    return headerNameProblem(name, names) ?? headerValueProblem(value);
  });
  protected readonly isTyped = computed(() => isHeaderTyped(this.endpoint()().value()));
  /** The name is right: what is to be said is about the value. */
  protected readonly isAboutValue = computed(() => this.newHeader().name().valid() && this.isNameTyped());
  /** Only after a save was tried does an unfinished header count as a mistake. */
  protected readonly isForgotten = computed(() => this.store.wasStopped() && this.isTyped());

  protected add(): void {
    if (this.problem() !== null) return;
    const { name, value } = this.newHeader()().value();
    this.endpoint()
      .headers()
      .value.update((headers) => [...headers, { name: name.trim(), value }]);
    this.clear();
  }

  protected clear(): void {
    this.newHeader()().reset(EMPTY_HEADER);
    this.focus(`#${CSS.escape(this.fieldId())}-new-name`);
  }

  protected addByKey(event: Event): void {
    // Enter would send the whole form.
    event.preventDefault();
    this.add();
  }

  protected remove(index: number): void {
    this.endpoint()
      .headers()
      .value.update((headers) => headers.filter((_, at) => at !== index));
    this.focus(`#${CSS.escape(this.fieldId())}-new-name`);
  }

  private focus(selector: string): void {
    const find = () => this.host.nativeElement.querySelector<HTMLElement>(selector);
    afterNextRender({ write: () => find()?.focus() }, { injector: this.injector });
  }
}
