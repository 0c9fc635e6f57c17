import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { FAULT_PRESETS, type EmulatorFault } from '#protocol/emulator-controls';

import { Icon } from '../../ui/icon';
import { EmulatorDesk } from './emulator-desk';
import { takeKeyboard } from './take-keyboard';
import { COUNTS, FAULT_WORDS, faultWords, leftWords } from './emulator-words';

/** What goes wrong in the emulator, and what still will. */
@Component({
  selector: 'app-fault-controls',
  imports: [Icon, MatButton],
  template: `<form class="form" (submit)="add($event, preset.selectedIndex, count.selectedIndex)">
      <label class="field what">
        <span i18n class="field-label">What goes wrong with a message</span>
        <select #preset class="input">
          @for (one of presets; track one) {
            <option>{{ words[one] }}</option>
          }
        </select>
      </label>
      <label class="field">
        <span i18n class="field-label">How often</span>
        <select #count class="input">
          @for (one of counts; track one.value) {
            <option>{{ one.words }}</option>
          }
        </select>
      </label>
      <button i18n type="submit" matButton="filled">Add</button>
    </form>
    @if (desk.faults(); as faults) {
      <div class="title">
        <h4 #heading i18n id="faults-in-force" tabindex="-1">In force</h4>
        @if (faults.length > 1) {
          <button i18n type="button" class="pill" (click)="remove(null, heading)">Remove all</button>
        }
      </div>
      <ul class="faults" aria-labelledby="faults-in-force">
        @for (fault of faults; track fault.id) {
          <li>
            <span class="name">{{ wordsOf(fault) }}</span>
            <span class="left tabular">{{ left(fault) }}</span>
            <button
              type="button"
              class="icon-button"
              title="Remove"
              i18n-title
              ariaLabel="Remove: {{ wordsOf(fault) }}"
              i18n-ariaLabel
              (click)="remove(fault, heading)"
            >
              <app-icon name="trash" />
            </button>
          </li>
        } @empty {
          <li i18n class="none">Nothing goes wrong on purpose.</li>
        }
      </ul>
    }`,
  styleUrl: './sheet-list.scss',
  styles: `
    .form {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-2);
      align-items: end;
    }
    .what {
      grid-column: 1 / -1;
    }
    .title,
    li {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      min-height: 28px;
    }
    .title {
      justify-content: space-between;
    }
    .faults {
      list-style: none;
      font-size: var(--text-s);
    }
    .name {
      flex: 1;
      overflow-wrap: anywhere;
    }
    .left,
    .none {
      color: var(--text-muted);
    }
  `,
})
export class FaultControls {
  protected readonly desk = inject(EmulatorDesk);

  protected readonly presets = FAULT_PRESETS;
  protected readonly words = FAULT_WORDS;
  protected readonly counts = COUNTS;
  protected readonly wordsOf = faultWords;
  protected readonly left = leftWords;

  protected add(event: Event, presetAt: number, countAt: number): void {
    event.preventDefault();
    const preset = FAULT_PRESETS[presetAt];
    const count = COUNTS[countAt];
    if (preset === undefined || count === undefined) return;
    const done = $localize`Added: ${FAULT_WORDS[preset]}`;
    void this.desk.run(done, (client) => client.addFault({ preset, count: count.value }));
  }

  /** @param fault `null`: all of them */
  protected async remove(fault: EmulatorFault | null, heading: HTMLElement): Promise<void> {
    const done = fault === null ? $localize`All removed` : $localize`Removed: ${faultWords(fault)}`;
    const isDone = await this.desk.run(done, (client) => client.removeFault(fault?.id ?? null));
    // The button goes with what it removed; the keyboard must not fall out of the sheet.
    if (isDone) takeKeyboard(heading);
  }
}
