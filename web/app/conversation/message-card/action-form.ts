import { Component, computed, input, linkedSignal, output, untracked } from '@angular/core';

import type { Metadata } from '#protocol/connector/events';

import { Icon } from '../../ui/icon';
import type { Message } from '../message';
import { objectListProblem, readObjectList } from '../object-list';
import { usableElements } from './usable-elements';

/** An ACTION by hand: about which element of the message, and with which metadata. */
@Component({
  selector: 'app-action-form',
  imports: [Icon],
  template: `<form class="form" novalidate (submit)="send($event)">
    @if (elements().length > 0) {
      <label class="field">
        <span i18n class="field-label">Metadata of</span>
        <select #choice class="input" (change)="choose(choice.value)">
          @for (element of elements(); track $index) {
            <option [value]="$index">{{ element.name }}</option>
          }
        </select>
      </label>
    }
    <label class="field">
      <span i18n class="field-label">Metadata as JSON</span>
      <textarea
        #field
        class="input code editor"
        rows="6"
        spellcheck="false"
        autocomplete="off"
        aria-describedby="action-metadata-hint"
        [value]="text()"
        [attr.aria-invalid]="problem() !== null"
        (input)="text.set(field.value)"
      ></textarea>
    </label>
    <p id="action-metadata-hint" class="hint" aria-live="polite">
      @if (problem(); as problem) {
        <span class="field-error"><app-icon name="alert" />{{ problem }}</span>
      } @else {
        <span i18n class="field-hint"
          >An array of objects, sent as it stands. Leave it empty to send none.</span
        >
      }
    </p>
    <button type="submit" class="pill" [attr.aria-disabled]="problem() !== null">
      <ng-container i18n>Send ACTION</ng-container>
    </button>
  </form>`,
  styles: `
    .form {
      display: grid;
      gap: var(--space-2);
      padding: var(--space-2);
      border: 1px solid var(--line);
      border-radius: var(--radius-m);
    }
    .editor {
      height: auto;
      padding-block: var(--space-2);
      font-size: var(--text-xs);
      line-height: 1.5;
      resize: vertical;
    }
    .hint {
      font-size: var(--text-xs);
    }
    .pill {
      justify-self: start;
    }
  `,
})
export class ActionForm {
  readonly message = input.required<Message>();
  /** What is to be told with the ACTION; `null`: nothing. */
  readonly actionAsked = output<Metadata | null>();

  /** Only another message has other elements: what was written survives a receipt that comes meanwhile. */
  private readonly id = computed(() => this.message().id);
  protected readonly elements = linkedSignal({
    source: this.id,
    computation: () => usableElements(untracked(this.message)),
  });
  protected readonly text = linkedSignal(() => asText(this.elements()[0]?.metadata ?? null));
  protected readonly problem = computed(() => objectListProblem(this.text()));

  protected choose(index: string): void {
    this.text.set(asText(this.elements()[Number(index)]?.metadata ?? null));
  }

  protected send(event: Event): void {
    event.preventDefault();
    const metadata = readObjectList(this.text());
    if (metadata === null || this.problem() !== null) return;
    this.actionAsked.emit(metadata.length === 0 ? null : metadata);
  }
}

const asText = (metadata: Metadata | null): string =>
  metadata === null ? '' : JSON.stringify(metadata, null, 2);
