import type { Metadata } from '#protocol/connector/events';

import type { Box, DrawnContent, Pressable } from './draw-content';

/** What a press asks for. @see PROTOCOL.md §12.4 */
export interface Press {
  /** Whether the agent is told by an ACTION. */
  readonly isTold: boolean;
  readonly metadata: Metadata | null;
  /** Texts that the consumer says by it. */
  readonly texts: readonly string[];
  /** Addresses that it opens. */
  readonly opens: readonly string[];
  /** Actions that are told and have no effect here. */
  readonly others: readonly string[];
}

/** What the press asks for; words for the person when something is missing. */
export function readPress(pressable: Pressable, drawn: DrawnContent): Press | string {
  const { click, control } = pressable;
  if (pressable.chooses !== null) return sendChoice(pressable, pressable.chooses, drawn);
  if (click.actions.some(({ type }) => type === 'submit'))
    return submit(pressable, boxesNear(control, drawn.boxes));
  return { ...ofActions(pressable), metadata: click.metadata };
}

function ofActions({ click: { actions }, isTold }: Pressable): Omit<Press, 'metadata'> {
  return {
    isTold,
    texts: actions.flatMap((action) => (action.type === 'publishText' ? [action.text] : [])),
    opens: actions.flatMap((action) => (action.type === 'open' ? [action.address] : [])),
    others: actions.flatMap((action) => (action.type === 'other' ? [action.name] : [])),
  };
}

/** The metadata of what was chosen takes the place of the button's own, as the vendor's renderer has it. */
function sendChoice(
  pressable: Pressable,
  name: string,
  { choices, cardMetadata }: DrawnContent,
): Press | string {
  const chosen = choices
    .filter((choice) => choice.name === name)
    .flatMap(({ wrapper }) => [
      ...wrapper.querySelectorAll(
        '[data-carousel-index][data-selected], [data-accordion-body][data-selected]',
      ),
    ]);
  if (chosen.length === 0) return $localize`Choose something first.`;
  const metadata = chosen.flatMap((card) => cardMetadata.get(card) ?? []);
  return { ...ofActions(pressable), metadata: metadata.length === 0 ? null : metadata };
}

function submit(pressable: Pressable, boxes: readonly Box[]): Press | string {
  const checked = boxes.filter(({ control }) => control.checked);
  if (boxes.length > 0 && checked.length === 0) return $localize`Check at least one box first.`;
  const texts = checked.flatMap(({ click }) => checkedTexts(click?.actions ?? []));
  const metadata = [
    ...checked.flatMap(({ click }) => click?.metadata ?? []),
    ...(pressable.click.metadata ?? []),
  ];
  return {
    ...ofActions(pressable),
    // One answer, as a person would write it.
    texts: texts.length === 0 ? [] : [texts.join(', ')],
    metadata: metadata.length === 0 ? null : metadata,
  };
}

const checkedTexts = (actions: Pressable['click']['actions']): readonly string[] =>
  actions.flatMap((action) => (action.type === 'checked' && action.text !== '' ? [action.text] : []));

/** Boxes of the form in which the button stands; of the whole content when it stands in none. */
function boxesNear(control: HTMLElement, boxes: readonly Box[]): readonly Box[] {
  const form = control.closest('form');
  return form === null ? boxes : boxes.filter((box) => form.contains(box.control));
}
