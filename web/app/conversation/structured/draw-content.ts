import renderer from 'json-pollock/dist/json-pollock.global.no_validation.min.js';

import type { Metadata } from '#protocol/connector/events';

import { MAX_ELEMENTS, type ElementNotes, type SafeElement } from './content-reading';
import { allowDrawing, policyFactory } from './drawing-policy';
import type { ElementClick } from './element-click';
import { makeOperable } from './make-operable';
import { placeLink } from './safe-addresses';

/** Something in a drawn content that can be pressed. */
export interface Pressable {
  readonly control: HTMLElement;
  readonly click: ElementClick;
  /** Name of the choice that it sends; `null`: it sends itself. */
  readonly chooses: string | null;
  /** Whether pressing it is told to the agent; opening the place of a map that has no action is not. */
  readonly isTold: boolean;
}

/** A box of a check list. */
export interface Box {
  readonly control: HTMLInputElement;
  readonly click: ElementClick | null;
}

/** A choice among cards, and the metadata of each. */
export interface Choice {
  readonly name: string;
  readonly wrapper: HTMLElement;
}

/** Content as the vendor's renderer draws it, with our own handlers instead of its global ones. */
export interface DrawnContent {
  readonly fragment: DocumentFragment;
  readonly pressables: readonly Pressable[];
  readonly boxes: readonly Box[];
  readonly choices: readonly Choice[];
  readonly cardMetadata: ReadonlyMap<Element, Metadata>;
}

interface Draft {
  readonly pressables: Pressable[];
  readonly boxes: Box[];
  readonly choices: Choice[];
  readonly cardMetadata: Map<Element, Metadata>;
}

/**
 * Draws what {@link readContent} has let through. The renderer knows no handlers (its own are registered once for the
 * whole page, so that one press would reach every message): what can be pressed is handed back instead.
 */
export function drawContent(
  root: SafeElement,
  notes: ReadonlyMap<SafeElement, ElementNotes>,
  press: (pressable: Pressable) => void,
): DrawnContent {
  const draft: Draft = { pressables: [], boxes: [], choices: [], cardMetadata: new Map() };
  const { JsonPollock: pollock } = renderer;
  pollock.init({
    maxAllowedElements: MAX_ELEMENTS + 1,
    onAfterElementRendered: (element, template) => {
      const drawn = template as SafeElement;
      AFTER[drawn.type]?.({ element, template: drawn, notes: notes.get(drawn) ?? NO_NOTES, draft });
      return element;
    },
  });
  const fragment = pollock.render(root);
  makeOperable(fragment);
  for (const pressable of draft.pressables) listen(pressable, press);
  // Forms send nothing by themselves: the page would be left.
  for (const form of fragment.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => event.preventDefault());
  }
  return { ...draft, fragment };
}

allowDrawing(policyFactory());

const NO_NOTES: ElementNotes = { click: null, hint: null, metadata: null, chooses: null };

interface Drawn {
  readonly element: HTMLElement;
  readonly template: SafeElement;
  readonly notes: ElementNotes;
  readonly draft: Draft;
}

const AFTER: Readonly<Record<string, ((drawn: Drawn) => void) | undefined>> = {
  text: ({ element, notes }) => {
    const words = element.querySelector('span');
    // The renderer names the text after its hint, so that a screen reader would read the hint instead.
    words?.removeAttribute('aria-label');
    setHint(words, notes.hint);
  },
  button: ({ element, notes, draft }) => {
    const button = element.querySelector('button');
    button?.setAttribute('type', 'button');
    setHint(button, notes.hint);
    addPressable(draft, button, notes);
  },
  submitButton: ({ element, notes, draft }) => {
    const button = element.querySelector('input');
    setHint(button, notes.hint);
    addPressable(draft, button, notes);
  },
  checkbox: ({ element, notes, draft }) => {
    const control = element.querySelector('input');
    if (control !== null) draft.boxes.push({ control, click: notes.click });
    setHint(element.querySelector('label'), notes.hint);
  },
  image: (drawn) => (drawn.template['isBlocked'] === true ? afterBlockedImage(drawn) : afterImage(drawn)),
  map: afterMap,
  vertical: noteCard,
  horizontal: noteCard,
  carouselSelect: noteChoice,
  accordionSelect: noteChoice,
};

function setHint(element: HTMLElement | null, hint: string | null): void {
  if (element === null) return;
  if (hint === null || hint === '') element.removeAttribute('title');
  else element.title = hint;
}

function addPressable(draft: Draft, control: HTMLElement | null, { click, chooses }: ElementNotes): void {
  if (control !== null && click !== null) draft.pressables.push({ control, click, chooses, isTold: true });
}

function afterImage({ element, notes, draft }: Drawn): void {
  const image = element.querySelector('img');
  if (image === null) return;
  // Where the picture comes from need not know who looks at it.
  image.referrerPolicy = 'no-referrer';
  setHint(element, notes.hint);
  image.addEventListener('error', () => showLost(element, image, notes));
  if (notes.click === null) return;
  asButton(image, [image.alt, notes.hint, $localize`Image`].find(Boolean) ?? $localize`Image`);
  addPressable(draft, image, notes);
}

/** The renderer takes the image away and writes its own words over the hint: both come back, and words in the image's place. */
function showLost(element: HTMLElement, image: HTMLImageElement, { click, hint }: ElementNotes): void {
  const about = [image.alt, hint].find(Boolean);
  const words = document.createElement('span');
  words.className = 'structured-lost';
  words.textContent =
    about === undefined
      ? $localize`The image could not be loaded`
      : $localize`The image could not be loaded: ${about}`;
  element.append(words);
  setHint(element, hint);
  // What a press on it does, it does all the same.
  if (click !== null) image.style.display = '';
}

function afterBlockedImage({ element, template }: Drawn): void {
  const alt = typeof template['alt'] === 'string' ? template['alt'] : '';
  const words = document.createElement('span');
  words.textContent = alt === '' ? $localize`Image, not shown` : $localize`Image, not shown: ${alt}`;
  element.querySelector('img')?.replaceWith(words);
  element.classList.remove('loading');
  element.classList.add('blocked');
}

function afterMap({ element, template, notes, draft }: Drawn): void {
  element.onclick = null;
  element.onkeydown = null;
  asButton(element, element.title);
  const address = placeLink(Number(template['la']), Number(template['lo']));
  const click = notes.click ?? { actions: [{ type: 'open', address }], metadata: null };
  draft.pressables.push({ control: element, click, chooses: null, isTold: notes.click !== null });
}

function noteCard({ element, notes, draft }: Drawn): void {
  if (notes.metadata !== null) draft.cardMetadata.set(element, notes.metadata);
}

function noteChoice({ element, template, draft }: Drawn): void {
  const { name } = template['selectMode'] as { readonly name: string };
  draft.choices.push({ name, wrapper: element });
}

function asButton(element: HTMLElement, name: string): void {
  element.setAttribute('role', 'button');
  element.setAttribute('aria-label', name);
  element.tabIndex = 0;
}

function listen(pressable: Pressable, press: (pressable: Pressable) => void): void {
  const { control } = pressable;
  control.addEventListener('click', (event) => {
    event.preventDefault();
    press(pressable);
  });
  if (control instanceof HTMLButtonElement || control instanceof HTMLInputElement) return;
  control.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    press(pressable);
  });
}
