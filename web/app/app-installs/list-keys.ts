import type { Shortcut } from '../ui/shortcuts';

/** What the keys of the list do besides moving. */
export interface ListVerbs {
  readonly filter: () => void;
  readonly refresh: () => void;
  readonly create: () => void;
}

/** The keys of the list of apps. */
export function listKeys(host: HTMLElement, { filter, refresh, create }: ListVerbs): readonly Shortcut[] {
  const group = $localize`Apps`;
  return [
    { key: '/', words: $localize`Filter the apps`, group, run: filter },
    { key: 'j', words: $localize`Next app`, group, run: () => step(host, 1) },
    { key: 'k', words: $localize`Previous app`, group, run: () => step(host, -1) },
    { key: 'r', words: $localize`Refresh the list`, group, run: refresh },
    { key: 'n', words: $localize`Create app`, group, run: create },
  ];
}

/** Moves the focus to what one does first with the next app: Enter opens its chat, Tab leads to its menu. */
function step(host: HTMLElement, by: 1 | -1): void {
  const rows = [...host.querySelectorAll<HTMLElement>('tbody tr:not(.waiting)')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = current === -1 && by === -1 ? rows.length - 1 : current + by;
  const first = rows[next]?.querySelector<HTMLElement>('.actions :is(a, button)');
  first?.focus();
}
