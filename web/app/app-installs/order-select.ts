import { Component, input, output } from '@angular/core';

/** Orders the apps where the table has no heads to press. */
@Component({
  selector: 'app-order-select',
  template: `<label>
    <ng-container i18n>Sort by</ng-container>
    <select [value]="order()" (change)="choose($event)">
      @for (choice of choices; track choice.order) {
        <option [value]="choice.order" [selected]="choice.order === order()">{{ choice.label }}</option>
      }
    </select>
  </label>`,
  styles: `
    :host {
      display: block;
      color: var(--text-muted);
      font-size: var(--text-s);
    }
    label {
      display: flex;
      gap: var(--space-2);
      align-items: center;
    }
    select {
      flex: 1;
      min-width: 0;
      max-width: 260px;
      height: 32px;
      padding-inline-start: var(--space-2);
      border: 1px solid var(--line-control);
      border-radius: var(--radius-s);
      background-color: var(--surface);
      color: var(--text);
      font: inherit;
    }
    @media (max-width: 479px) {
      select {
        max-width: none;
      }
    }
  `,
})
export class OrderSelect {
  /** The column, after a minus when it descends. */
  readonly order = input.required<string>();
  readonly orderChosen = output<string>();

  protected readonly choices = CHOICES;

  protected choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.orderChosen.emit(event.target.value);
  }
}

const CHOICES: readonly { readonly order: string; readonly label: string }[] = [
  { order: '-created', label: $localize`Created, newest first` },
  { order: 'created', label: $localize`Created, oldest first` },
  { order: 'name', label: $localize`Name, A to Z` },
  { order: '-name', label: $localize`Name, Z to A` },
  { order: 'status', label: $localize`Status, enabled first` },
  { order: '-status', label: $localize`Status, disabled first` },
  { order: '-endpoints', label: $localize`Endpoints, most here first` },
  { order: 'endpoints', label: $localize`Endpoints, fewest here first` },
  { order: 'description', label: $localize`Description, A to Z` },
  { order: '-description', label: $localize`Description, Z to A` },
];
